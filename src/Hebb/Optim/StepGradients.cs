using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// The gradients of a step that is replayed, which stand in the same memory each time or are computed by the update itself. Small parameters are joined: they,
/// their states and their gradients are laid side by side, so that one loop moves them all.
/// </summary>
internal sealed class StepGradients
{
    /// <summary>The gradients of some slots.</summary>
    public StepGradients(IEnumerable<StepGradient> gradients)
    {
        List<StepGradient> moves = [];
        foreach (IGrouping<(ParameterGroup, DType), StepGradient> alike in gradients.GroupBy(gradient => (gradient.Slot.Group, gradient.Slot.Parameter.DType)))
        {
            StepGradient[] small = [.. alike.Where(gradient => gradient.IsJoinable)];
            StepGradient? joined = small.Length > 1 ? StepGradient.Join(small) : null;
            moves.AddRange(joined is null ? alike : alike.Except(small).Append(joined));
        }
        Moves = [.. moves];
    }

    /// <summary>What is moved one after the other.</summary>
    public StepGradient[] Moves { get; }
}
