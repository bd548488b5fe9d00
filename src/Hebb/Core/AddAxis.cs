namespace Hebb;

/// <summary>A view of x with a new axis of size 1.</summary>
public readonly record struct AddAxis(int Axis) : IView
{
    (TensorSpec Spec, int Offset) IView.View(in TensorSpec input)
    {
        Shape shape = input.Shape.Insert(Axis, 1);
        return (new TensorSpec(input.DType, shape, input.Strides.Insert(Axis < 0 ? Axis + shape.Rank : Axis, 0)), 0);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new DropAxis(Axis)));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(AddAxis), PrintMembers);
}
