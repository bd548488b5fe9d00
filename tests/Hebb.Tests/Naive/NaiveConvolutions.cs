using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>
/// Convolutions and correlations at places: each op adds one product for each triple of an input, a weight and a result that belong
/// together.
/// </summary>
internal static class NaiveConvolutions
{
    private delegate void Triple(ref double input, ref double weight, ref double output);

    private static readonly Triple s_toOutput = (ref double input, ref double weight, ref double output) => output += input * weight;
    private static readonly Triple s_toInput = (ref double input, ref double weight, ref double output) => input += output * weight;
    private static readonly Triple s_toWeight = (ref double input, ref double weight, ref double output) => weight += input * output;

    public static void AddTo(KernelTable table)
    {
        table.Add<Conv2d>((op, x, y) =>
        {
            int filters = y[0].Shape[1], pixels = y[0].Shape[2] * y[0].Shape[3];
            for (int i = 0; x.Length > 2 && i < y[0].Count; i++) y[0].Real[i] = x[2].Real[i / pixels % filters];
            Walk(op.Window, x[0], x[1], y[0], s_toOutput);
        });
        table.Add<NormalizedConv2d>((op, x, y) =>
        {
            int operands = x.Length - NormalizedConv2d.Statistics;
            Numbers sums = new(new TensorSpec(DType.Float64, y[0].Shape));
            table.Of(op.Convolution)(op.Convolution, x[..operands], [sums]);
            table.Of(op.Normalization)(op.Normalization, [sums, .. x[operands..]], y);
        });
        table.Add<Conv2dInputGrad>((op, x, y) => Walk(op.Window, y[0], x[1], x[0], s_toInput));
        table.Add<Conv2dWeightGrad>((op, x, y) => Walk(op.Window, x[0], y[0], x[1], s_toWeight));
        table.Add<ConvAtPositions>((op, x, y) => WalkAt(op.Left, x[0], x[1], y[0].Real, x[2].Whole, s_toOutput));
        table.Add<ConvAtPositionsInputGrad>((op, x, y) => WalkAt(op.Left, y[0], x[1], x[0].Real, x[2].Whole, s_toInput));
        table.Add<ConvAtPositionsWeightGrad>((op, x, y) => WalkAt(op.Left, x[1], y[0], x[0].Real, x[2].Whole, s_toWeight));
        table.Add<BestWindows>((op, x, y) => Best(op.Left, x, y[0]));
    }

    /// <summary>Images [N, C, H, W], weights [O, C / groups, KH, KW] and results [N, O, H', W'].</summary>
    private static void Walk(ConvWindow s, Numbers x, Numbers w, Numbers y, Triple visit)
    {
        (double[] inputs, double[] weights, double[] outputs) = (x.Real, w.Real, y.Real);
        (int channels, int height, int width) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        (int filters, int seen, int rows, int columns) = (w.Shape[0], w.Shape[1], w.Shape[2], w.Shape[3]);
        (int images, int outHeight, int outWidth) = (y.Shape[0], y.Shape[2], y.Shape[3]);
        for (int n = 0; n < images; n++)
        {
            for (int o = 0; o < filters; o++)
            {
                int first = o / (filters / s.Groups) * seen;
                for (int at = 0; at < outHeight * outWidth; at++)
                {
                    (int top, int left) = (at / outWidth * s.StrideH - s.PadH, at % outWidth * s.StrideW - s.PadW);
                    for (int c = 0; c < seen; c++)
                    {
                        for (int u = 0; u < rows; u++)
                        {
                            for (int v = 0; v < columns; v++)
                            {
                                (int row, int column) = (top + u * s.DilationH, left + v * s.DilationW);
                                if (row < 0 || row >= height || column < 0 || column >= width) continue;
                                visit(
                                    ref inputs[((n * channels + first + c) * height + row) * width + column],
                                    ref weights[((o * seen + c) * rows + u) * columns + v],
                                    ref outputs[(n * filters + o) * outHeight * outWidth + at]);
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>Sequences [N, T, C], weights [O, K, C] and results [N, O], each at its place.</summary>
    private static void WalkAt(int left, Numbers x, Numbers w, double[] outputs, long[] places, Triple visit)
    {
        (double[] inputs, double[] weights) = (x.Real, w.Real);
        (int steps, int channels, int filters, int size) = (x.Shape[1], x.Shape[2], w.Shape[0], w.Shape[1]);
        for (int y = 0; y < places.Length; y++)
        {
            (int n, int o) = (y / filters, y % filters);
            if (places[y] < 0 || places[y] >= steps)
                throw new ArgumentOutOfRangeException(nameof(places), $"The place {places[y]} was given for sequences of {steps} steps.");
            for (int k = 0; k < size; k++)
            {
                long t = places[y] + k - left;
                if (t < 0 || t >= steps) continue;
                for (int c = 0; c < channels; c++)
                    visit(ref inputs[(n * steps + (int)t) * channels + c], ref weights[(o * size + k) * channels + c], ref outputs[y]);
            }
        }
    }

    private static void Best(int left, Numbers[] x, Numbers best)
    {
        int steps = x[0].Shape[1], filters = x[1].Shape[0];
        double[] largest = new double[best.Count];
        bool[] has = new bool[best.Count];
        for (int p = 0; p < steps; p++)
        {
            double[] sums = new double[best.Count];
            long[] places = [.. Enumerable.Repeat((long)p, best.Count)];
            WalkAt(left, x[0], x[1], sums, places, s_toOutput);
            for (int y = 0; y < sums.Length; y++)
            {
                if (x.Length > 2 && x[2].Real[y / filters * steps + p] == 0) continue;
                bool isBetter = !has[y] || sums[y] > largest[y] || (double.IsNaN(sums[y]) && !double.IsNaN(largest[y]));
                if (isBetter) (best.Whole[y], largest[y], has[y]) = (p, sums[y], true);
            }
        }
    }
}
