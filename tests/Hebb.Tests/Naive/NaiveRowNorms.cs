using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Normalization of each row by itself: layer and group normalization and their gradients.</summary>
internal static class NaiveRowNorms
{
    public static void AddTo(KernelTable table)
    {
        table.Add<LayerNormalize>((op, x, y) => Normalize(1, op.Epsilon, x, y));
        table.Add<GroupNormalize>((op, x, y) => Normalize(op.Groups, op.Epsilon, x, y));
        table.Add<NormalizeRowsGrad>((op, x, y) => Gradients(op.Groups, x, y));
    }

    private static void Normalize(int groups, double epsilon, Numbers[] x, Numbers[] y)
    {
        double[] numbers = x[0].Real;
        for (int row = 0; row < y[1].Count; row++)
        {
            int[] places = Row(row, y[1].Count, numbers.Length);
            double mean = places.Average(i => numbers[i]), variance = places.Average(i => Math.Pow(numbers[i] - mean, 2));
            double inverse = 1 / Math.Sqrt(variance + epsilon);
            foreach (int i in places)
            {
                double normal = (numbers[i] - mean) * inverse;
                int place = x.Length == 1 ? 0 : Parameter(i, numbers.Length, y[1].Count, groups, x[1].Count);
                y[0].Real[i] = x.Length == 1 ? normal : normal * x[1].Real[place] + x[2].Real[place];
            }
            (y[1].Real[row], y[2].Real[row]) = (mean, inverse);
        }
    }

    private static void Gradients(int groups, Numbers[] x, Numbers[] y)
    {
        (double[] dy, double[] numbers, bool isScaled, int rows) = (x[0].Real, x[1].Real, x.Length > 4, x[2].Count);
        for (int row = 0; row < rows; row++)
        {
            (double mean, double inverse) = (x[2].Real[row], x[3].Real[row]);
            int[] places = Row(row, rows, numbers.Length);
            int Place(int i) => Parameter(i, numbers.Length, rows, groups, x[4].Count);
            double Normal(int i) => (numbers[i] - mean) * inverse;
            double Scaled(int i) => isScaled ? dy[i] * x[4].Real[Place(i)] : dy[i];
            double shift = places.Average(Scaled), slope = places.Average(i => Scaled(i) * Normal(i));
            foreach (int i in places)
            {
                y[0].Real[i] = inverse * (Scaled(i) - shift - Normal(i) * slope);
                if (!isScaled) continue;
                y[1].Real[Place(i)] += dy[i] * Normal(i);
                y[2].Real[Place(i)] += dy[i];
            }
        }
    }

    private static int[] Row(int row, int rows, int count) => [.. Enumerable.Range(row * (count / rows), count / rows)];

    /// <summary>Which γ and β belong to an element: each channel of a sample has its own.</summary>
    private static int Parameter(int i, int count, int rows, int groups, int parameters)
    {
        int length = count / rows, channels = parameters / groups, run = length / channels;
        return i / length % groups * channels + i % length / run;
    }
}
