namespace Hebb.Kernels;

/// <summary>
/// Where one thread sleeps until another wakes it. The sleeper announces itself, looks once more whether there is a reason to stay awake,
/// and then sleeps or stays; a waker makes the reason visible first, so one of the two always sees the other.
/// </summary>
internal sealed class Sleeper
{
    private readonly SemaphoreSlim _permit = new(0);
    private int _announced;

    /// <summary>Asks wakers for a permit.</summary>
    public void Announce() => Interlocked.Exchange(ref _announced, 1);

    /// <summary>Sleeps until woken.</summary>
    public void Sleep() => Uninterrupted(static permit => permit.Wait());

    /// <summary>Takes the announcement back, or the permit that a waker has granted meanwhile.</summary>
    public void Stay()
    {
        if (Interlocked.Exchange(ref _announced, 0) == 0) Sleep();
    }

    /// <summary>Wakes the sleeper if it has announced itself.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _announced) == 0 || Interlocked.Exchange(ref _announced, 0) == 0) return;
        Uninterrupted(static permit => permit.Release());
    }

    // A thread that leaves early because it was interrupted would unpin memory that helpers still write: the interruption is kept for
    // later.
    private void Uninterrupted(Action<SemaphoreSlim> action)
    {
        bool interrupted = false;
        while (true)
        {
            try
            {
                action(_permit);
                break;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }
        if (interrupted) Thread.CurrentThread.Interrupt();
    }
}
