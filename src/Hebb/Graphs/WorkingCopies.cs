using Hebb.Ops;

namespace Hebb;

/// <summary>
/// Has a graph compute on copies of outside tensors that it assigns to and reads again, such as running averages of a layer that is called
/// twice, and assign the last values when all is computed, so that a step whose loss is not finite changes nothing.
/// </summary>
internal static class WorkingCopies
{
    public static List<PlanStep> Make(List<PlanStep> steps, Aliases aliases)
    {
        Dictionary<Storage, Storage> copies = [];
        foreach (PlanStep step in DeferredEffects.Split(steps, aliases).Steps)
        {
            if (step.Op is not Assignment) continue;
            Storage target = step.Inputs[0].Storage;
            if (!target.IsPromised) copies.TryAdd(target, Storage.Promised(target.DType, target.Length, by: null));
        }
        // Hooks and updates find what they change by themselves.
        foreach (PlanStep step in steps.Where(step => step.Op is not Assignment))
        {
            foreach (Tensor written in step.Written) copies.Remove(written.Storage);
        }
        if (copies.Count == 0) return steps;
        return
        [
            .. copies.Select(copy => new PlanStep(new Clone(), [Whole(copy.Key)], [Whole(copy.Value)])),
            .. steps.Select(step => step with { Inputs = [.. step.Inputs.Select(Copied)] }),
            .. copies.Select(copy => new PlanStep(new Assignment(), [Whole(copy.Key), Whole(copy.Value)], [])),
        ];

        Tensor Copied(Tensor tensor) =>
            copies.TryGetValue(tensor.Storage, out Storage? copy) ? new Tensor(copy, tensor.Spec, tensor.Offset) : tensor;

        static Tensor Whole(Storage storage) => new(storage, new TensorSpec(storage.DType, [storage.Length]), 0);
    }
}
