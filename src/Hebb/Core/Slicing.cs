using System.Runtime.CompilerServices;
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
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new PutSlice(flow.InputSpec(0).Shape, Starts, Steps)));
}

/// <summary>Zeros of the target shape in which x stands at the positions that start at Starts and lie Steps apart: what a slice's gradient is.</summary>
public readonly record struct PutSlice(Shape Target, Dims Starts, Dims Steps) : IOp
{
    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = new TensorSpec(inputs[0].DType, Target);

    void IOp.Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        outputs[0].Fill(0);
        IView there = new TakeSlice(Starts, inputs[0].Shape.Sizes, Steps);
        (TensorSpec spec, int offset) = there.View(outputs[0].Spec);
        Elementwise.Copy(inputs[0], new Tensor(outputs[0].Storage, spec, offset));
    }

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new TakeSlice(Starts, flow.InputSpec(0).Shape.Sizes, Steps)));
}

/// <summary>A view of x without one axis of size 1.</summary>
public readonly record struct DropAxis(int Axis) : IView
{
    (TensorSpec Spec, int Offset) IView.View(in TensorSpec input) =>
        (new TensorSpec(input.DType, input.Shape.Without(Axis), input.Strides.Without(Axis)), 0);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new AddAxis(Axis)));
}

/// <summary>A view of x with a new axis of size 1.</summary>
public readonly record struct AddAxis(int Axis) : IView
{
    (TensorSpec Spec, int Offset) IView.View(in TensorSpec input) =>
        (new TensorSpec(input.DType, input.Shape.Insert(Axis, 1), input.Strides.Insert(Axis, 0)), 0);

    /// <inheritdoc/>
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(new DropAxis(Axis)));
}

public partial class Tensor
{
    /// <summary>
    /// A view of some positions along the first axes; further axes are taken whole. <c>x[0]</c>, <c>x[1..3, ^1]</c>,
    /// <c>x[.., Slice.Every(2)]</c>. Assigning writes into this tensor's memory.
    /// </summary>
    /// <exception cref="ShapeException">More slices than axes, or positions outside an axis.</exception>
    /// <exception cref="InvalidOperationException">Assigning to a tracked tensor outside <see cref="NoGrad"/>.</exception>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<Slice> slices]
    {
        get
        {
            if (slices.Length > Rank)
                throw new ShapeException($"{slices.Length} positions were given to index {Spec}, which has {Rank} axes; give at most {Rank}.");
            Span<int> starts = stackalloc int[Dims.MaxRank], counts = stackalloc int[Dims.MaxRank], steps = stackalloc int[Dims.MaxRank];
            for (int i = 0; i < Rank; i++)
                (starts[i], counts[i], steps[i]) = i < slices.Length ? slices[i].Resolve(Spec, i) : (0, Shape[i], 1);
            Tensor part = Apply(new TakeSlice(new Dims(starts[..Rank]), new Dims(counts[..Rank]), new Dims(steps[..Rank])));
            for (int i = slices.Length - 1; i >= 0; i--)
            {
                if (slices[i].IsOne) part = part.Apply(new DropAxis(i));
            }
            return part;
        }

        set
        {
            RequireWritable();
            using (new NoGrad()) this[slices].Assign(value);
        }
    }
}
