using System.Runtime.CompilerServices;

namespace Hebb.Optim;

/// <summary>
/// Small parameters of one group and type that are updated by one loop: they, their states and their gradients are laid side by side. That
/// needs gradients which stand in the same memory at each step, as those of a plan do.
/// </summary>
internal sealed class UpdateRow
{
    private readonly Tensor[] _gradients;

    private UpdateRow(UpdateTarget[] members, UpdateTarget target)
    {
        (Members, Target) = (members, target);
        _gradients = [.. members.Select(Gradient)];
    }

    /// <summary>The parameters one by one.</summary>
    public UpdateTarget[] Members { get; }

    /// <summary>All of them.</summary>
    public UpdateTarget Target { get; }

    /// <summary>The rows that can be laid; what they do not hold is updated one by one.</summary>
    public static UpdateRow[] Over(UpdateTarget[] targets) =>
    [
        .. targets.Where(CanJoin).GroupBy(target => (target.Slot.Group, target.Slot.Parameter.DType))
            .Where(alike => alike.Count() > 1).Select(alike => Of([.. alike])).OfType<UpdateRow>(),
    ];

    /// <summary>
    /// Counts one more update of each parameter; false if a run has other gradients than those that lie in the row, or if a rule or a hook
    /// may treat the parameters differently.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryCount(Optimizer optimizer, in OpValues values)
    {
        long updates = Members[0].Slot.Updates;
        for (int i = 0; i < Members.Length; i++)
        {
            UpdateSlot slot = Members[i].Slot;
            if (slot.Updates != updates || slot.IsResting || values.InputTensor(Members[i].GradientOperand) != _gradients[i]) return false;
        }
        Target.IsChanged = false;
        if (optimizer.HasHooks && !TryChange(optimizer)) return false;
        Target.Slot.Updates = updates + 1;
        foreach (UpdateTarget member in Members)
        {
            member.Slot.Updates = updates + 1;
            member.Slot.Parameter.Storage.Touch();
        }
        return true;
    }

    /// <summary>Asks the hooks what they change; false if that is not the same for all.</summary>
    private bool TryChange(Optimizer optimizer)
    {
        Target.IsChanged = optimizer.Change(Members[0].Slot, out Target.Change);
        for (int i = 1; i < Members.Length; i++)
        {
            optimizer.Change(Members[i].Slot, out UpdateChange change);
            if (change != Target.Change) return false;
        }
        return true;
    }

    private static Tensor Gradient(UpdateTarget target) => target.Operands[1 + target.Slot.States];

    private static UpdateRow? Of(UpdateTarget[] members)
    {
        UpdateSlot first = members[0].Slot;
        int count = 2 + first.States;
        // The gradients come first: if they cannot be laid, nothing else has to move.
        Tensor[] rows = new Tensor[count];
        for (int i = count - 1; i >= 0; i--)
        {
            if (Row([.. members.Select(member => member.Operands[i])]) is not { } row) return null;
            rows[i] = row;
        }
        UpdateSlot slot = new(string.Join('+', members.Select(member => member.Slot.Name)), first.Parameter, first.Group, first.States);
        UpdateTarget target = new(slot, null, 0, count);
        rows.CopyTo(target.Operands, 0);
        target.Cut();
        return new UpdateRow(members, target);
    }

    /// <summary>One tensor over several that are alone in their memories.</summary>
    private static Tensor? Row(Tensor[] tensors) => StorageRow.Over([.. tensors.Select(tensor => tensor.Storage)]) is { } row
        ? new Tensor(row, new TensorSpec(row.DType, [row.Length]), 0)
        : null;

    /// <summary>Whether the gradient stands in a plan, and parameter and gradient are small and all that lies in their memories.</summary>
    private static bool CanJoin(UpdateTarget target) => target.Gradient is null && target.Slot.Parameter.Count > 0
        && Gradient(target).Storage.Source is PlannedMemory or RowMemory && IsWhole(target.Operands[0]) && IsWhole(Gradient(target));

    private static bool IsWhole(Tensor tensor) => tensor.IsContiguous && tensor.Offset == 0 && tensor.Count == tensor.Storage.Length
        && (StorageRow.CanMove(tensor.Storage) || StorageRow.Holds(tensor.Storage));
}
