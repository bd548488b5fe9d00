namespace Hebb.Kernels;

/// <summary>How a thread waits for an event that usually comes within microseconds: it spins, then yields its processor, then should park.</summary>
internal struct Patience
{
    // A spin of 16 takes about half a microsecond, a yield from 0.3 µs to the time slice of whoever wants the processor.
    private const int SpinLength = 16, Spins = 100, Yields = 400;

    private int _waits;

    /// <summary>Waits a moment; returns false, at once, when it is time to park.</summary>
    public bool Wait()
    {
        if (_waits >= Spins + Yields) return false;
        if (_waits++ < Spins) Thread.SpinWait(SpinLength);
        else Thread.Yield();
        return true;
    }
}
