namespace Hebb.Kernels;

/// <summary>
/// How a thread waits for an event that usually comes within microseconds: it spins, then yields its processor, then should park.
/// </summary>
/// <param name="spins">How often to spin first, about 30 ns each: what a thread waits for may come at any moment.</param>
internal struct Patience(int spins)
{
    // Where others want the processor, a yield gives it away for a time slice; where none does, it takes about 0.3 µs.
    private const int Yields = 400;

    private int _waits;

    /// <summary>Waits a moment; returns false, at once, when it is time to park.</summary>
    public bool Wait()
    {
        if (_waits >= spins + Yields) return false;
        if (_waits++ < spins) Thread.SpinWait(1);
        else Thread.Yield();
        return true;
    }
}
