using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Products of matrices.</summary>
internal static class NaiveProducts
{
    public static void AddTo(KernelTable table)
    {
        table.Add<Linear>((_, x, y) =>
        {
            int outputs = x[1].Shape[0], inputs = x[1].Shape[1], rows = outputs == 0 ? 0 : y[0].Count / outputs;
            (double[] a, double[] w) = (x[0].Real, x[1].Real);
            for (int row = 0; row < rows; row++)
            {
                for (int o = 0; o < outputs; o++)
                {
                    ReadOnlySpan<double> left = a.AsSpan(row * inputs, inputs), right = w.AsSpan(o * inputs, inputs);
                    double sum = x.Length > 2 ? x[2].Real[o] : 0;
                    for (int i = 0; i < left.Length; i++) sum += left[i] * right[i];
                    y[0].Real[row * outputs + o] = sum;
                }
            }
        });
        table.Add<MatMul>((_, x, y) =>
        {
            int m = y[0].Shape[-2], n = y[0].Shape[-1], k = x[0].Shape[-1];
            Shape batch = Leading(y[0].Shape);
            int[] placesA = Places.Stretched(Leading(x[0].Shape), batch), placesB = Places.Stretched(Leading(x[1].Shape), batch);
            (double[] a, double[] b) = (x[0].Real, x[1].Real);
            for (int row = 0; row < batch.Count * m; row++)
            {
                (int at, int i) = (row / m, row % m);
                Span<double> sums = y[0].Real.AsSpan(row * n, n);
                for (int p = 0; p < k; p++)
                {
                    double factor = a[(placesA[at] * m + i) * k + p];
                    ReadOnlySpan<double> terms = b.AsSpan((placesB[at] * k + p) * n, n);
                    for (int j = 0; j < sums.Length; j++) sums[j] += factor * terms[j];
                }
            }
        });
    }

    /// <summary>All axes but the last two.</summary>
    private static Shape Leading(Shape shape) => new(shape.AsSpan()[..^2]);
}
