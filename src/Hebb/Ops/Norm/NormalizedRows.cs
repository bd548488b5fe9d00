using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// What normalizations of rows share: a row is what one mean and one variance are taken over, and a sample is some rows, as many as
/// there are groups.
/// </summary>
internal static class NormalizedRows
{
    public static void Infer(
        string op, double epsilon, ReadOnlySpan<TensorSpec> inputs, int rows, Shape parameters, Span<TensorSpec> outputs)
    {
        TensorSpec x = inputs[0];
        Channels.CheckEpsilon(epsilon, x);
        if (inputs.Length == 2) throw new ShapeException($"{op} got γ and no β; give both or neither.");
        if (x.Shape.Count != 0 && x.Shape.Count < 2L * rows)
            throw new ShapeException($"{op} got {x}, one number to normalize at a time, which has no variance; it needs at least two.");
        foreach (TensorSpec each in inputs[1..])
        {
            if (each.Shape != parameters || each.DType != x.DType)
                throw new ShapeException($"{op} got {each} as γ or β for {x}; it needs {x.DType.Name}{parameters}.");
        }
        outputs[0] = new TensorSpec(x.DType, x.Shape);
        outputs[1] = outputs[2] = new TensorSpec(x.DType, [rows]);
    }

    public static Kernel Bind<T>(int groups, double epsilon, ref OpCall call) where T : unmanaged
    {
        int count = call.RowMajor(0).Shape.Count, rows = call.Output(1).Shape.Count;
        bool scaled = call.InputCount > 1;
        RowGrid grid = Grid(count, rows, groups, scaled ? call.RowMajor(1).Shape.Count : 0);
        if (scaled) call.RowMajor(2);
        return (in v) => RowNorm.Forward(
            grid, v.Input<T>(0), scaled ? v.Input<T>(1) : default, scaled ? v.Input<T>(2) : default, epsilon,
            v.Output<T>(0), v.Output<T>(1), v.Output<T>(2));
    }

    public static void Grad(int groups, double epsilon, GradientFlow flow)
    {
        if (flow.HasUpstream(1) || flow.HasUpstream(2))
        {
            throw new InvalidOperationException(
                "A gradient reached the mean or variance of a normalization, which passes gradients only through its first result; "
                + "compute the statistics with Mean and Variance instead.");
        }
        bool scaled = flow.InputCount > 1;
        Tensor dy = flow.Upstream(0), x = flow.Input(0), mean = flow.Output(1), inverse = flow.Output(2);
        NormalizeRowsGrad op = new(groups, epsilon, scaled);
        Tensor[] gradients = scaled ? dy.ApplyAll(op, x, mean, inverse, flow.Input(1)) : dy.ApplyAll(op, x, mean, inverse);
        for (int i = 0; i < gradients.Length; i++) flow.Give(i, gradients[i]);
    }

    /// <summary>How the kernels see so many numbers in so many rows, and as many γ, or none.</summary>
    public static RowGrid Grid(int count, int rows, int groups, int parameters)
    {
        int length = rows == 0 ? 0 : count / rows, channels = parameters == 0 ? length : parameters / groups;
        return new RowGrid(rows / groups, groups, channels, channels == 0 ? 0 : length / channels);
    }
}
