using System.Numerics;

namespace Hebb.Kernels.Tests;

/// <summary>Arrays [outer, axis, inner] for tests of softmax and its relatives.</summary>
internal static class Columns
{
    /// <summary>Rows short and long, columns side by side and not, with and without a rest.</summary>
    public static TheoryData<int, int, int> Sizes =>
        new()
        {
            { 1, 1, 1 }, { 5, 10, 1 }, { 70, 10, 1 }, { 3, 7, 5 }, { 4, 3, 49 }, { 2, 128, 1 }, { 3, 129, 1 }, { 2, 200, 33 },
                { 2, 1000, 1 }, { 1, 5000, 1 },
            { 2, 140, 3 }, { 1, 12, 40 }, { 600, 100, 1 }, { 300, 160, 1 }, { 0, 4, 3 }, { 3, 0, 2 },
        };

    public static T[] Draw<T>(int seed, int length, double scale = 4) where T : struct, INumber<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked((random.NextDouble() - 0.5) * 2 * scale))];
    }

    public static double[] Doubles<T>(T[] x) where T : struct, INumber<T> => [.. x.Select(double.CreateChecked)];

    /// <summary>Does something in double with each column and gives what it returns, at the same places.</summary>
    public static double[] Each(int outer, int axis, int inner, Func<int, double[], double[]> body, double[] x)
    {
        double[] y = new double[x.Length];
        if (axis == 0) return y;
        for (int column = 0; column < outer * inner; column++)
        {
            int at = (column / inner * axis * inner) + (column % inner);
            double[] part = body(column, [.. Enumerable.Range(0, axis).Select(i => x[at + (i * inner)])]);
            for (int i = 0; i < axis; i++) y[at + (i * inner)] = part[i];
        }

        return y;
    }

    /// <summary>One column of an array.</summary>
    public static double[] Of(double[] x, int column, int axis, int inner) =>
        [.. Enumerable.Range(0, axis).Select(i => x[(column / inner * axis * inner) + (column % inner) + (i * inner)])];

    public static double[] Softmax(double[] x)
    {
        double max = x.Max(), sum = x.Sum(v => Math.Exp(v - max));
        return [.. x.Select(v => Math.Exp(v - max) / sum)];
    }

    public static double LogSum(double[] x)
    {
        double max = x.Max();
        return max + Math.Log(x.Sum(v => Math.Exp(v - max)));
    }

    /// <summary>Each number is within a tolerance relative to the larger of 1 and the truth.</summary>
    public static void Near<T>(double[] truth, T[] y, double tolerance) where T : struct, INumber<T>
    {
        Assert.Equal(truth.Length, y.Length);
        for (int i = 0; i < y.Length; i++)
        {
            double error = Math.Abs(double.CreateChecked(y[i]) - truth[i]);
            if (!(error <= tolerance * Math.Max(1, Math.Abs(truth[i])))) Assert.Fail($"number {i} is {y[i]}, not {truth[i]}");
        }
    }
}
