using Hebb.Data;

namespace Hebb.Training;

/// <summary>
/// Whether batches run by recordings or op by op. What cannot be recorded runs op by op from then on, after one notice; and as long as a
/// recorder, such as a <see cref="NaNFinder"/>, watches the ops of the thread, they run one by one so that it sees them.
/// </summary>
/// <param name="isEager">Whether all run op by op from the start.</param>
/// <param name="notice">Told, once, in a sentence, that the model cannot be recorded and why.</param>
internal sealed class ExecutionMode(bool isEager, Action<string>? notice)
{
    /// <summary>Whether batches run op by op.</summary>
    public bool IsEager { get; private set; } = isEager;

    /// <summary>Records the step of a batch, which computes nothing, so that what it refuses is refused before the first step.</summary>
    /// <exception cref="ShapeException">A layer refuses the batch.</exception>
    public void Record(CompiledStep compiled, Batch batch)
    {
        try
        {
            compiled.Record(batch);
        }
        catch (TraceException)
        {
            // What cannot be recorded says so at its first step.
        }
    }

    /// <summary>Runs a batch by the recording one of two runners, or op by op by the other.</summary>
    public BatchResult Run(IBatchRunner compiled, IBatchRunner eager, Batch batch)
    {
        if (!IsEager && EngineContext.Current.Recorders.Length == 0)
        {
            try
            {
                return compiled.Run(batch);
            }
            catch (TraceException error)
            {
                IsEager = true;
                notice?.Invoke($"The model cannot be recorded, so it runs op by op: {error.Message}");
            }
        }
        return eager.Run(batch);
    }
}
