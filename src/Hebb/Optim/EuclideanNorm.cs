namespace Hebb.Optim;

/// <summary>When the root of a sum of squares is the norm, and the norm elsewhere.</summary>
internal static class EuclideanNorm
{
    // A smaller sum may have lost squares that vanished.
    private const double Least = 1e-30;

    /// <summary>Whether the root of a sum of squares of floats or doubles is the norm.</summary>
    public static bool IsInRange(double squares) => squares >= Least && double.IsFinite(squares);

    /// <summary>The norm of all numbers of some tensors of floats or doubles, in double.</summary>
    public static double Of(params IEnumerable<Tensor> tensors)
    {
        using NoGrad none = new();
        double[] norms = [.. tensors.Select(x => x.Detach().Cast(DType.Float64).Norm().Item())];
        return Tensor.From<double>(norms).Norm().Item();
    }
}
