namespace Hebb.Tests.Registry;

/// <summary>Comparison of arrays.</summary>
public static class Near
{
    /// <summary>
    /// Fails unless |found - expected| ≤ tolerance · max(1, largest |expected|) everywhere; NaN and infinities must be where they are
    /// expected.
    /// </summary>
    public static void Assert(double[] expected, double[] found, double tolerance, string what)
    {
        Xunit.Assert.Equal(expected.Length, found.Length);
        double scale = 1;
        foreach (double value in expected)
        {
            if (double.IsFinite(value)) scale = Math.Max(scale, Math.Abs(value));
        }
        for (int i = 0; i < expected.Length; i++)
        {
            bool isSame = expected[i].Equals(found[i]) || Math.Abs(expected[i] - found[i]) <= tolerance * scale;
            if (!isSame)
                Xunit.Assert.Fail($"{what}: element {i} is {found[i]:R}, expected {expected[i]:R}; off by "
                    + $"{Math.Abs(expected[i] - found[i]):G3}, allowed {tolerance * scale:G3}.");
        }
    }
}
