using Hebb.Kernels;

namespace Hebb;

/// <summary>A view of some positions of x: along axis i, Counts[i] positions from Starts[i] on, Steps[i] apart.</summary>
public readonly record struct TakeSlice(Dims Starts, Dims Counts, Dims Steps) : IView
{
    (TensorSpec Spec, int Offset) IView.View(in TensorSpec input)
    {
        Span<int> strides = stackalloc int[Dims.MaxRank];
        int offset = 0, rank = input.Shape.Rank;
        if (Starts.Rank != rank || Counts.Rank != rank || Steps.Rank != rank)
            throw new ShapeException($"TakeSlice from {Starts}, {Counts} positions, {Steps} apart, was asked of {input}; "
                + $"give a start, a count and a step for each of its {rank} axes.");
        Shape shape = new(Counts);
        for (int i = 0; i < rank; i++)
        {
            (int start, int count, int step) = (Starts[i], Counts[i], Steps[i]);
            if (step < 1 || (count > 0 && (start < 0 || start + (count - 1L) * step >= input.Shape[i])))
                throw new ShapeException($"TakeSlice asks for {count} positions from {start} on, {step} apart, along axis {i} of {input}; "
                    + $"take steps of 1 or more, within its {input.Shape[i]} positions.");
            offset += shape.Count == 0 ? 0 : start * input.Strides[i];
            strides[i] = count > 1 ? input.Strides[i] * step : input.Strides[i];
        }
        return (new TensorSpec(input.DType, shape, new Dims(strides[..rank])), offset);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new TakeSliceGrad(flow.InputSpec(0).Shape, Starts, Steps)));
}
