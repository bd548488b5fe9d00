namespace Hebb.Kernels;

/// <summary>A background thread that helps with chunks and parks when none have come for a while.</summary>
internal sealed class Helper
{
    // A helper spins for about as long as the other threads' last chunks take: one that yields sooner loses a time slice on a busy machine.
    private const int Spins = 6400;

    private readonly Assignment _assignment;
    private readonly Sleeper _sleeper = new();
    private readonly int _rank;

    public Helper(Assignment assignment, int rank)
    {
        _assignment = assignment;
        _rank = rank;
        new Thread(Live) { IsBackground = true, Name = $"Hebb helper {rank + 1}" }.UnsafeStart();
    }

    /// <summary>Ends the helper's parking.</summary>
    public void Wake() => _sleeper.Wake();

    private void Live()
    {
        while (true)
        {
            _assignment.DoChunks(_rank);
            var patience = new Patience(Spins);
            while (!_assignment.HasChunk(_rank) && patience.Wait()) { }
            if (_assignment.HasChunk(_rank)) continue;
            _sleeper.Announce();
            if (_assignment.HasChunk(_rank)) _sleeper.Stay();
            else _sleeper.Sleep();
        }
    }
}
