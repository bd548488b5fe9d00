using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Normalization of the channels of [N, C, ...] over the batch, and of rows and groups of channels alone.</summary>
internal static class NaiveNorms
{
    public static void AddTo(KernelTable table)
    {
        AddRows(table);
        table.Add<BatchNormalize>((op, x, y) => Channels(x[0].Shape, (c, channel) =>
        {
            if (channel.Length == 0) return; // no numbers, whose statistics are 0
            if (channel.Length == 1) throw new ShapeException("BatchNormalize got one number a channel, which has no variance.");
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

    private static void AddRows(KernelTable table)
    {
        table.Add<LayerNormalize>((op, x, y) => Rows(op.Epsilon, 1, x, y));
        table.Add<GroupNormalize>((op, x, y) => Rows(op.Epsilon, op.Groups, x, y));
        table.Add<NormalizeRowsGrad>((op, x, y) =>
        {
            (double[] dy, double[] inputs) = (x[0].Real, x[1].Real);
            int rows = x[2].Count, length = inputs.Length / Math.Max(1, rows);
            if (length == 0) return;
            for (int row = 0; row < rows; row++)
            {
                double[] normal = new double[length], g = new double[length];
                for (int i = 0; i < length; i++)
                {
                    int at = row * length + i, c = op.IsScaled ? Parameter(row, i, length, op.Groups, x[4].Count) : 0;
                    normal[i] = (inputs[at] - x[2].Real[row]) * x[3].Real[row];
                    g[i] = op.IsScaled ? dy[at] * x[4].Real[c] : dy[at];
                    if (!op.IsScaled) continue;
                    y[1].Real[c] += dy[at] * normal[i];
                    y[2].Real[c] += dy[at];
                }
                double mean = g.Average(), slope = g.Zip(normal, (a, b) => a * b).Average();
                for (int i = 0; i < length; i++) y[0].Real[row * length + i] = (g[i] - mean - normal[i] * slope) * x[3].Real[row];
            }
        });
    }

    private static void Rows(double epsilon, int groups, Numbers[] x, Numbers[] y)
    {
        int rows = y[1].Count, length = x[0].Count / Math.Max(1, rows);
        if (length == 0) return; // no numbers, whose statistics are 0
        for (int row = 0; row < rows; row++)
        {
            double[] numbers = x[0].Real[(row * length)..((row + 1) * length)];
            double mean = numbers.Average(), inverse = 1 / Math.Sqrt(numbers.Average(number => Math.Pow(number - mean, 2)) + epsilon);
            for (int i = 0; i < length; i++)
            {
                double normal = (numbers[i] - mean) * inverse;
                int c = x.Length > 1 ? Parameter(row, i, length, groups, x[1].Count) : 0;
                y[0].Real[row * length + i] = x.Length > 1 ? normal * x[1].Real[c] + x[2].Real[c] : normal;
            }
            (y[1].Real[row], y[2].Real[row]) = (mean, inverse);
        }
    }

    /// <summary>Which of the scales belongs to element i of a row: rows of one sample take turns through the groups.</summary>
    private static int Parameter(int row, int i, int length, int groups, int parameters)
    {
        int each = parameters / groups;
        return row % groups * each + i / (length / each);
    }

    /// <summary>The places of each channel's elements.</summary>
    private static void Channels(Shape shape, Action<int, int[]> visit)
    {
        int[] strides = Places.RowMajor(shape);
        for (int c = 0; c < shape[1]; c++) visit(c, Places.Of(shape.With(1, 1), strides, c * strides[1]));
    }
}
