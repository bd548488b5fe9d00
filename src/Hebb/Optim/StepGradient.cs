using System.Runtime.CompilerServices;

namespace Hebb.Optim;

/// <summary>The gradient of one parameter, or of several that lie side by side.</summary>
/// <param name="Slot">What it moves.</param>
/// <param name="Plain">The gradient in memory; null if the update computes it.</param>
/// <param name="Lazy">What the update computes it of.</param>
internal sealed record StepGradient(UpdateSlot Slot, Tensor? Plain, LazyGradient? Lazy)
{
    /// <summary>Those that it stands for; none if it is one parameter's.</summary>
    public StepGradient[] Members { get; private init; } = [];

    /// <summary>Whether parameter and gradient are all that lies in their memories, and these may be moved or were before.</summary>
    public bool IsJoinable => Plain is not null && IsWhole(Slot.Parameter) && IsWhole(Plain);

    /// <summary>One gradient for all of some that are joinable and of one group and type; null if their memories cannot be laid side by side.</summary>
    public static StepGradient? Join(StepGradient[] gradients) =>
        Row([.. gradients.Select(gradient => gradient.Plain!)]) is { } plain && UpdateSlot.Join([.. gradients.Select(gradient => gradient.Slot)]) is { } slot
            ? new StepGradient(slot, plain, null) { Members = gradients }
            : null;

    /// <summary>Counts one more update of each parameter; false if they have not had equally many, so that a rule may treat them differently.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryCount()
    {
        Slot.Updates = Members[0].Slot.Updates + 1;
        foreach (StepGradient member in Members)
        {
            if (member.Slot.Updates + 1 != Slot.Updates) return false;
        }
        foreach (StepGradient member in Members)
        {
            member.Slot.Updates++;
            member.Slot.Parameter.Storage.Touch();
        }
        return true;
    }

    /// <summary>One tensor over several that are alone in their memories.</summary>
    internal static Tensor? Row(Tensor[] tensors) =>
        StorageRow.Over([.. tensors.Select(tensor => tensor.Storage)]) is { } row ? new Tensor(row, new TensorSpec(row.DType, [row.Length]), 0) : null;

    private static bool IsWhole(Tensor tensor) =>
        tensor.IsContiguous && tensor.Offset == 0 && tensor.Count == tensor.Storage.Length && (StorageRow.CanMove(tensor.Storage) || StorageRow.Holds(tensor.Storage));
}
