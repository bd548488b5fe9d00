namespace Hebb.Losses;

/// <summary>Products in losses.</summary>
internal static class LossTerms
{
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
