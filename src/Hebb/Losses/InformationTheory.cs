namespace Hebb.Losses;

/// <summary>
/// Entropies and divergences of discrete distributions along an axis, in nats, or in bits with <c>logBase: 2</c> (Shannon, 1948; Kullback
/// and Leibler, 1951), and of normal ones. Losses use natural logarithms. All are differentiable.
/// </summary>
public static class InformationTheory
{
    /// <summary>H(p) = -Σ pₖ log pₖ, with 0 log 0 = 0.</summary>
    /// <param name="p">Probabilities.</param>
    /// <param name="axis">The axis of the classes, which is summed away; the last by default.</param>
    /// <param name="logBase">The base of the logarithm; e by default.</param>
    public static Tensor Entropy(Tensor p, int axis = -1, double logBase = Math.E)
    {
        ArgumentNullException.ThrowIfNull(p);
        return -TimesLog(p).Sum(axis) / Unit(logBase);
    }

    /// <summary>H(p, q) = -Σ pₖ log qₖ: what coding p with a code made for q costs; infinite where q = 0 &lt; p.</summary>
    /// <param name="p">What happens.</param>
    /// <param name="q">What is expected.</param>
    /// <param name="axis">The axis of the classes, which is summed away; the last by default.</param>
    /// <param name="logBase">The base of the logarithm; e by default.</param>
    public static Tensor CrossEntropy(Tensor p, Tensor q, int axis = -1, double logBase = Math.E)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        // 0 log 0 counts as 0 also where it is a product of two tensors, and gives no NaN on its way back.
        Tensor isAbsent = p.EqualTo(0);
        return -Tensor.Where(isAbsent, 0, p * Tensor.Where(isAbsent, 1, q).Log()).Sum(axis) / Unit(logBase);
    }

    /// <summary>
    /// D(p, q) = H(p, q) - H(p) = Σ pₖ log(pₖ / qₖ) ≥ 0: what the wrong code costs beyond the right one. It is 0 for p = q alone, infinite
    /// where q = 0 &lt; p, and D(p, q) ≠ D(q, p).
    /// </summary>
    /// <param name="p">What happens, the first argument of D.</param>
    /// <param name="q">What is expected, the second.</param>
    /// <param name="axis">The axis of the classes, which is summed away; the last by default.</param>
    /// <param name="logBase">The base of the logarithm; e by default.</param>
    public static Tensor KlDivergence(Tensor p, Tensor q, int axis = -1, double logBase = Math.E) =>
        CrossEntropy(p, q, axis, logBase) - Entropy(p, axis, logBase);

    /// <summary>
    /// D(N(μ, σ²), N(0, 1)) = (σ² + μ² - ln σ² - 1) / 2 of each element, from the mean and the logarithm of the variance, as variational
    /// auto-encoders give them (Kingma and Welling, Auto-Encoding Variational Bayes, 2014).
    /// </summary>
    /// <param name="mean">μ</param>
    /// <param name="logVariance">ln σ²</param>
    public static Tensor GaussianKlDivergence(Tensor mean, Tensor logVariance)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(logVariance);
        return (logVariance.ExpRemainder() + mean.Square()) * 0.5;
    }

    /// <summary>p ln p, 0 at 0; the slope there is taken as 0 too.</summary>
    private static Tensor TimesLog(Tensor p)
    {
        Tensor isAbsent = p.EqualTo(0);
        return Tensor.Where(isAbsent, 0, p * Tensor.Where(isAbsent, 1, p).Log());
    }

    private static double Unit(double logBase) => logBase > 1 && double.IsFinite(logBase) ? Math.Log(logBase)
        : throw new ArgumentOutOfRangeException(
            nameof(logBase), $"Logarithms of base {logBase} were asked for; give a base above 1, such as 2 for bits.");
}
