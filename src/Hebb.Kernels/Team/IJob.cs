namespace Hebb.Kernels;

/// <summary>
/// Work that is cut into numbered chunks which may run at the same time, on any thread and in any order. A job is a struct, usually of
/// raw pointers and sizes: whoever runs it pins the memory until the call returns.
/// </summary>
internal interface IJob
{
    /// <summary>Does one chunk. Every chunk from 0 to the number of chunks less one is done exactly once.</summary>
    void Run(int chunk);
}
