using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Batch normalization of the channels of [N, C, ...].</summary>
internal static class NaiveNorms
{
    public static void AddTo(KernelTable table)
    {
        table.Add<BatchNormalize>((op, x, y) => Channels(x[0].Shape, (c, channel) =>
        {
            double mean = channel.Average(i => x[0].Real[i]), variance = channel.Average(i => Math.Pow(x[0].Real[i] - mean, 2));
            double inverse = 1 / Math.Sqrt(variance + op.Epsilon);
            foreach (int i in channel) y[0].Real[i] = x[1].Real[c] * (x[0].Real[i] - mean) * inverse + x[2].Real[c];
            (y[1].Real[c], y[2].Real[c], y[3].Real[c]) = (mean, variance, inverse);
        }));
        table.Add<BatchNormalizeGrad>((_, x, y) => Channels(x[0].Shape, (c, channel) =>
        {
            (double[] dy, double gamma, double mean, double inverse) = (x[0].Real, x[2].Real[c], x[3].Real[c], x[4].Real[c]);
            double Normal(int i) => (x[1].Real[i] - mean) * inverse;
            double dgamma = channel.Sum(i => dy[i] * Normal(i)), dbeta = channel.Sum(i => dy[i]), n = channel.Length;
            foreach (int i in channel) y[0].Real[i] = gamma * inverse * (dy[i] - dbeta / n - Normal(i) * dgamma / n);
            (y[1].Real[c], y[2].Real[c]) = (dgamma, dbeta);
        }));
        table.Add<NormalizeWith>((op, x, y) => Channels(x[0].Shape, (c, channel) =>
        {
            foreach (int i in channel)
                y[0].Real[i] = x[1].Real[c] * (x[0].Real[i] - x[3].Real[c]) / Math.Sqrt(x[4].Real[c] + op.Epsilon) + x[2].Real[c];
        }));
    }

    /// <summary>The places of each channel's elements.</summary>
    private static void Channels(Shape shape, Action<int, int[]> visit)
    {
        int[] strides = Places.RowMajor(shape);
        for (int c = 0; c < shape[1]; c++) visit(c, Places.Of(shape.With(1, 1), strides, c * strides[1]));
    }
}
