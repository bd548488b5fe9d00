namespace Hebb;

/// <summary>A view of x without one axis of size 1.</summary>
public readonly record struct DropAxis(int Axis) : IView
{
    (TensorSpec Spec, int Offset) IView.View(in TensorSpec input) =>
        (new TensorSpec(input.DType, input.Shape.Without(Axis), input.Strides.Without(Axis)), 0);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new AddAxis(Axis)));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(DropAxis), PrintMembers);
}
