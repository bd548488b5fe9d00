namespace Hebb.Losses;

/// <summary>Products in losses.</summary>
internal static class LossTerms
{
    /// <summary>What parts of a loss count: numbers that are finite and not negative.</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public static Tensor? Weights(Tensor? weights, string name)
    {
        // While a graph is traced there is nothing to look at.
        if (weights is null || weights.Storage.IsPromised) return weights;
        double[] all = weights.Detach().Cast(DType.Float64).ToArray<double>();
        int at = Array.FindIndex(all, weight => !(weight >= 0) || double.IsInfinity(weight));
        return at < 0 ? weights
            : throw new ArgumentException($"Number {at} of '{name}' is {all[at]}; give finite weights that are not negative.", name);
    }

    /// <summary>
    /// x s, and 0 where the share s is 0, also for an infinite x: what does not count costs nothing, and has no slope. The slope of a share
    /// of 0 is x all the same, if x is finite.
    /// </summary>
    public static Tensor Share(this Tensor x, Tensor share)
    {
        Tensor isNothing = share.EqualTo(0);
        // 0 x is not 0 where x is infinite or NaN.
        if (share.RequiresGrad) isNothing &= (x.Detach() * 0).NotEqualTo(0);
        return Tensor.Where(isNothing, 0, x) * share;
    }
}
