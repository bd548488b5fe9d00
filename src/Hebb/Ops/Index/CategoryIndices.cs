namespace Hebb.Ops;

/// <summary>
/// y = x as int64 for numbers of categories 0, 1, 2, ... below Count that are held as floats. Any other number is refused, fractions too.
/// </summary>
internal readonly record struct CategoryIndices(int Count) : IFloatOp
{
    (int Least, int Most) IOp.Operands => (1, 1);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
        outputs[0] = inputs[0].DType.IsFloat ? new TensorSpec(DType.Int64, inputs[0].Shape)
            : throw new ShapeException($"CategoryIndices got {inputs[0]}; give categories as floats.");

    Kernel IFloatKernel.Bind<T>(ref OpCall call)
    {
        call.RowMajor(0);
        int count = Count;
        return (in v) =>
        {
            ReadOnlySpan<T> x = v.Input<T>(0);
            Span<long> y = v.Output<long>(0);
            for (int i = 0; i < x.Length; i++)
            {
                double category = double.CreateTruncating(x[i]);
                if (!(category >= 0 && category < count && double.IsInteger(category)))
                    throw new ArgumentException(
                        $"Number {i} is {category} where one of {count} categories is named; give a whole number from 0 to {count - 1}.");
                y[i] = (long)category;
            }
        };
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) { }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(CategoryIndices), PrintMembers);
}
