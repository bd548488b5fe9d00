namespace Hebb.Tests.Registry;

/// <summary>How an input's elements lie in memory.</summary>
public enum Layout
{
    /// <summary>Row-major, without gaps.</summary>
    Plain,

    /// <summary>A transposed view: the first axis is the contiguous one.</summary>
    Transposed,

    /// <summary>A slice of a larger tensor: every second element along every axis, from the second on.</summary>
    Sliced,
}

/// <summary>An input of an op case: the same values in every element type, precision and layout.</summary>
public sealed record Input(Shape Shape, double[] Values, DType? Fixed = null, bool IsDifferentiable = true)
{
    /// <summary>
    /// Distinct numbers in [low, high], in no order, at equal distances but none nearer than 1/16 to a point where the op has a kink. They
    /// are multiples of 1/4096, so that float32 holds them exactly.
    /// </summary>
    public static Input Between(double low, double high, Shape shape, params ReadOnlySpan<double> kinks)
    {
        int n = shape.Count, step = 1;
        if (n > 1)
        {
            step = (int)(n * 0.618);
            while (Greatest(step, n) != 1) step++;
        }
        double[] values = new double[n];
        for (int i = 0; i < n; i++)
        {
            double v = Grid(low + ((high - low) * ((((i + 1L) * step % n) + 0.5) / n)));
            foreach (double kink in kinks)
            {
                if (Math.Abs(v - kink) < 0.0625) v = Grid(v < kink ? kink - 0.0625 - (i / 512.0) : kink + 0.0625 + (i / 512.0));
            }
            values[i] = v;
        }
        return new Input(shape, values);

        static double Grid(double v) => Math.Round(v * 4096) / 4096;
        static int Greatest(int a, int b) => b == 0 ? a : Greatest(b, a % b);
    }

    /// <summary>Given numbers.</summary>
    public static Input Of(Shape shape, params ReadOnlySpan<double> values) => new(shape, values.ToArray());

    /// <summary>Whole numbers, such as indices: int64 in every run.</summary>
    public static Input Whole(Shape shape, params ReadOnlySpan<double> values) => new(shape, values.ToArray(), DType.Int64, false);

    /// <summary>Truth values given as 0 and 1.</summary>
    public static Input Truths(Shape shape, params ReadOnlySpan<double> values) => new(shape, values.ToArray(), DType.Bool, false);

    /// <summary>The same input, taken as a constant by the derivative checks.</summary>
    public Input Constant() => this with { IsDifferentiable = false };

    /// <summary>The input as a tensor.</summary>
    public Tensor Make(DType dtype, Layout layout = Layout.Plain) => Make(Values, dtype, layout);

    /// <summary>Other values in this input's shape, as a tensor.</summary>
    public Tensor Make(double[] values, DType dtype, Layout layout = Layout.Plain)
    {
        Tensor plain = Convert(values, Fixed ?? dtype);
        if (layout == Layout.Plain || Shape.Rank == 0) return plain;
        Tensor laid = layout == Layout.Transposed ? Transposed(plain) : Sliced(plain);
        return laid.Detach();
    }

    private Tensor Convert(double[] values, DType dtype) => dtype switch
    {
        DType.Float32 => Tensor.From(Array.ConvertAll(values, v => (float)v), Shape),
        DType.Float64 => Tensor.From(values, Shape),
        DType.Int64 => Tensor.From(Array.ConvertAll(values, v => (long)v), Shape),
        _ => Tensor.From(Array.ConvertAll(values, v => v != 0), Shape),
    };

    private static Tensor Transposed(Tensor plain)
    {
        int[] back = [.. Enumerable.Range(0, plain.Rank).Reverse()];
        return plain.Permute(back).Clone().Permute(back);
    }

    private static Tensor Sliced(Tensor plain)
    {
        int[] sizes = [.. plain.Shape.AsSpan().ToArray().Select(size => (2 * size) + 1)];
        Shape wide = new(sizes);
        Slice[] slices = new Slice[plain.Rank];
        for (int i = 0; i < slices.Length; i++) slices[i] = Slice.Every(2, 1..(1 + (2 * plain.Shape[i])));
        Tensor view = Tensor.Full(wide, plain.DType.IsFloat ? double.NaN : 1, plain.DType)[slices];
        view.Assign(plain);
        return view;
    }
}
