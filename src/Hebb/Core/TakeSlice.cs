using Hebb.Kernels;

namespace Hebb;

/// <summary>A view of some positions of x: along axis i, Counts[i] positions from Starts[i] on, Steps[i] apart.</summary>
public readonly record struct TakeSlice(Dims Starts, Dims Counts, Dims Steps) : IView
{
    (TensorSpec Spec, int Offset) IView.View(in TensorSpec input)
    {
        Span<int> strides = stackalloc int[Dims.MaxRank];
        int offset = 0, rank = input.Shape.Rank;
        for (int i = 0; i < rank; i++)
        {
            offset += Counts[i] == 0 ? 0 : Starts[i] * input.Strides[i];
            strides[i] = input.Strides[i] * Steps[i];
        }
        return (new TensorSpec(input.DType, new Shape(Counts), new Dims(strides[..rank])), offset);
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new TakeSliceGrad(flow.InputSpec(0).Shape, Starts, Steps)));
}
