namespace Hebb;

/// <summary>
/// While it lives, this thread computes as if nothing else went on: nobody records, no gradients are kept, and memory is neither a plan's nor a backward
/// pass's. Values that come into being when they are first read need it, since that may be anywhere.
/// </summary>
internal readonly ref struct Apart
{
    private readonly Recording _unrecorded;
    private readonly NoGrad _untracked;
    private readonly Working? _working;
    private readonly GradientMemory? _memory;

    /// <summary>Steps aside.</summary>
    public Apart()
    {
        _unrecorded = new Recording(null);
        _untracked = new NoGrad();
        _working = Working.Exchange(null);
        _memory = GradientMemory.Exchange(null);
    }

    /// <summary>Goes back to what went on before.</summary>
    public void Dispose()
    {
        GradientMemory.Exchange(_memory);
        Working.Exchange(_working);
        _untracked.Dispose();
        _unrecorded.Dispose();
    }
}
