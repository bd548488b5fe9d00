namespace Hebb.Cli;

/// <summary>
/// Work that leaves nothing half done. When canceled it is let go where it stands, on a thread of its own that ends with the process, so
/// that nothing it waits for holds the tool: a pipe that nobody writes to, a large file, a long computation.
/// </summary>
internal static class Abandonable
{
    /// <summary>How long the tool waits for a reader of its output before it ends without it.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

    /// <summary>What the work gives, or its error.</summary>
    /// <exception cref="OperationCanceledException">Canceled before the work was done.</exception>
    public static T Run<T>(Func<T> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(cancellation).GetAwaiter().GetResult();
}
