namespace Hebb;

/// <summary>
/// Σ x² of doubles whose squares may overflow or vanish: those of very large and very small numbers are summed in units of their own
/// (Blue, A Portable Fortran Program to Find the Euclidean Norm of a Vector, 1978).
/// </summary>
internal struct SquareSum
{
    private const double Large = 1e140, Small = 1e-140;

    private static readonly double s_unit = Math.ScaleB(1, 600);

    private double _small, _plain, _large;

    /// <summary>Adds x².</summary>
    public void Add(double x)
    {
        double size = Math.Abs(x);
        if (size > Large) _large += x / s_unit * (x / s_unit);
        else if (size < Small) _small += x * s_unit * (x * s_unit);
        else _plain += x * x;
    }

    /// <summary>√(Σ x² / n)</summary>
    public readonly double Root(double n) =>
        _large > 0 ? Math.Sqrt((_large + _plain / s_unit / s_unit) / n) * s_unit
        : _plain == 0 ? Math.Sqrt(_small / n) / s_unit
        : Math.Sqrt(_plain / n);
}
