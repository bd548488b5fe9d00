using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>Collects the updates of a step, those with the same kind of body together.</summary>
internal sealed class UpdateQueue
{
    private readonly List<UpdateBatch> _batches = [];

    /// <summary>Adds the update of a parameter from a gradient in memory, or from what the body computes it of.</summary>
    public void Add<TBody, T>(TBody body, UpdateSlot slot, Tensor? gradient, Tensor[] operands) where TBody : struct, ILaneBody where T : unmanaged =>
        Batch<TBody, T>().Add(body, slot.Parameter, slot.State, gradient, operands);

    /// <summary>Does what waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        foreach (UpdateBatch batch in _batches) batch.Run();
    }

    private UpdateBatch<TBody, T> Batch<TBody, T>() where TBody : struct, ILaneBody where T : unmanaged
    {
        foreach (UpdateBatch batch in _batches)
        {
            if (batch is UpdateBatch<TBody, T> known) return known;
        }
        UpdateBatch<TBody, T> made = new();
        _batches.Add(made);
        return made;
    }
}
