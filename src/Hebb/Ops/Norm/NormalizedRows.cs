using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// What normalizations of rows share: a row is what one mean and one variance are taken over, and a sample is some rows, as many as
/// there are groups.
/// </summary>
internal static class NormalizedRows
{
    public static void Infer(string op, ReadOnlySpan<TensorSpec> inputs, int rows, Shape parameters, Span<TensorSpec> outputs)
    {
        TensorSpec x = inputs[0];
        if (x.Shape.Count != 0 && x.Shape.Count < 2 * rows)
            throw new ShapeException($"{op} got {x}, one number to normalize at a time, which has no variance; it needs at least two.");
        foreach (TensorSpec each in inputs[1..])
        {
            if (each.Shape != parameters || each.DType != x.DType)
                throw new ShapeException($"{op} got {each} as γ or β for {x}; it needs {x.DType.Name}{parameters}.");
        }
        outputs[0] = new TensorSpec(x.DType, x.Shape);
        outputs[1] = outputs[2] = new TensorSpec(x.DType, [rows]);
    }

    public static void Run(int groups, double epsilon, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
    {
        if (inputs[0].DType == DType.Float32) Run<float>(groups, epsilon, inputs, outputs);
        else Run<double>(groups, epsilon, inputs, outputs);
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

    private static void Run<T>(int groups, double epsilon, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs) where T : unmanaged
    {
        bool scaled = inputs.Length > 1;
        Tensor x = Elementwise.RowMajor(inputs[0]);
        Tensor gamma = scaled ? Elementwise.RowMajor(inputs[1]) : x, beta = scaled ? Elementwise.RowMajor(inputs[2]) : x;
        RowNorm.Forward<T>(
            Grid(x.Count, outputs[1].Count, groups, scaled ? gamma.Count : 0), x.Span<T>(),
            scaled ? gamma.Span<T>() : default, scaled ? beta.Span<T>() : default, epsilon,
            outputs[0].Span<T>(), outputs[1].Span<T>(), outputs[2].Span<T>());
        foreach (Tensor used in (ReadOnlySpan<Tensor>)[x, gamma, beta]) GC.KeepAlive(used);
    }
}
