using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>Collects the updates of a step. Those that follow each other with the same kind of body are done together.</summary>
internal sealed class UpdateQueue
{
    private readonly List<UpdateBatch> _batches = [];
    private UpdateBatch? _current;

    public void Add<TBody, TLane, T>(TBody body, Tensor w, Tensor gradient, Tensor[] state) where TBody : struct, ILaneBody where TLane : struct, IUpdateLane where T : unmanaged
    {
        if (_current is not UpdateBatch<TBody, TLane, T> batch)
        {
            Run();
            batch = _batches.OfType<UpdateBatch<TBody, TLane, T>>().FirstOrDefault() ?? new UpdateBatch<TBody, TLane, T>();
            if (!_batches.Contains(batch)) _batches.Add(batch);
            _current = batch;
        }
        batch.Add(body, w, gradient, state);
    }

    /// <summary>Does what waits.</summary>
    public void Run() => _current?.Run();
}
