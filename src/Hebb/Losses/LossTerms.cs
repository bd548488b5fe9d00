namespace Hebb.Losses;

/// <summary>Products in losses.</summary>
internal static class LossTerms
{
    /// <summary>x s, and 0 where the share s is 0, also for an infinite x: what does not count costs nothing.</summary>
    public static Tensor Share(this Tensor x, Tensor share) => Tensor.Where(share.EqualTo(0), 0, x * share);
}
