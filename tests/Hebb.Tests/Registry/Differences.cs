namespace Hebb.Tests.Registry;

/// <summary>
/// Derivatives by the five-point difference (-f(x+2h) + 8 f(x+h) - 8 f(x-h) + f(x-2h)) / 12h, whose error is of order h⁴.
/// </summary>
public static class Differences
{
    private const double Step = 1.0 / 1024;
    private const int MostCoordinates = 24;

    /// <summary>
    /// Fails unless |analytic - numeric| ≤ tolerance · max(1, largest analytic) for all coordinates, or for some evenly chosen ones of a
    /// large array.
    /// </summary>
    public static void Check(double[] x, Func<double[], double> f, double[] analytic, double tolerance, string what)
    {
        int[] chosen = [.. Enumerable.Range(0, x.Length).Where(i => i % ((x.Length / MostCoordinates) + 1) == 0)];
        Near.Assert(analytic.Select((slope, i) => chosen.Contains(i) ? Slope(i) : slope).ToArray(), analytic, tolerance, what);

        double Slope(int i) => ((8 * (At(i, Step) - At(i, -Step))) - (At(i, 2 * Step) - At(i, -2 * Step))) / (12 * Step);

        double At(int i, double by)
        {
            double[] moved = [.. x];
            moved[i] += by;
            return f(moved);
        }
    }
}
