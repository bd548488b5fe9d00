namespace Hebb;

/// <summary>A view of x without one axis of size 1.</summary>
public readonly record struct DropAxis(int Axis) : IView
{
    (TensorSpec Spec, int Offset) IView.View(in TensorSpec input)
    {
        int axis = input.Shape.Axis(Axis);
        return input.Shape[axis] == 1
            ? (new TensorSpec(input.DType, input.Shape.Without(axis), input.Strides.Without(axis)), 0)
            : throw new ShapeException($"DropAxis leaves out axis {axis} of {input}, which has size {input.Shape[axis]}; "
                + "only an axis of size 1 can be left out.");
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new AddAxis(Axis)));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(DropAxis), PrintMembers);
}
