namespace Hebb.Kernels;

/// <summary>A job as threads see it that do not know its type.</summary>
internal abstract class Work
{
    /// <summary>Does one chunk of the job.</summary>
    public abstract void Run(int chunk);
}
