namespace Hebb.Optim;

/// <summary>√Σ xᵢ², also where the squares leave the range of floats but the norm does not.</summary>
internal static class EuclideanNorm
{
    // A smaller sum may have lost squares that vanished.
    private const double Least = 1e-30;

    /// <summary>Whether the root of a sum of squares of floats or doubles is the norm.</summary>
    public static bool IsInRange(double squares) => squares >= Least && double.IsFinite(squares);

    /// <summary>m √Σ (xᵢ / m)² with the largest |xᵢ|, m.</summary>
    public static double Scaled(ReadOnlySpan<double> numbers)
    {
        double largest = 0;
        foreach (double number in numbers) largest = Math.Max(largest, Math.Abs(number));
        if (largest == 0 || !double.IsFinite(largest)) return largest;
        double sum = 0;
        foreach (double number in numbers) sum += number / largest * (number / largest);
        return largest * Math.Sqrt(sum);
    }

    /// <summary>The norm of a tensor of floats or doubles.</summary>
    public static double Scaled(Tensor x)
    {
        using NoGrad none = new();
        return Scaled(x.Detach().Cast(DType.Float64).ToArray<double>());
    }
}
