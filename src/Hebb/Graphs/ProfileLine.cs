namespace Hebb;

/// <summary>What one op of a plan cost, over the runs that were measured.</summary>
/// <param name="Op">The op's name; <c>update</c> for what an optimizer does after the plan.</param>
/// <param name="Output">Its first result; nothing for an effect or an update.</param>
/// <param name="Elements">How many elements it computes: of its first result, or of what a reduction is fed with.</param>
/// <param name="Microseconds">The median time of a run.</param>
/// <param name="Share">Its part of the sum of all times, from 0 to 1.</param>
/// <param name="Gflops">Floating-point operations a nanosecond.</param>
/// <param name="GigabytesPerSecond">Operands and results, each counted once, over the time.</param>
/// <param name="Apart">
/// The sum of the median times of the ops that a fused loop replaces, each run by itself in the same measurement; null if nothing is fused.
/// </param>
public sealed record ProfileLine(
    string Op, TensorSpec? Output, int Elements, double Microseconds, double Share, double Gflops, double GigabytesPerSecond,
    double? Apart = null)
{
    /// <summary>
    /// The places in the model of the layers whose ops it runs, such as <c>0+1</c>, or <c>∂4</c> for a gradient; empty outside of layers.
    /// </summary>
    public string Layers { get; init; } = "";

    /// <summary>Nanoseconds for each element; null where there are none.</summary>
    public double? NanosecondsPerElement => Elements > 0 ? 1e3 * Microseconds / Elements : null;

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ProfileLine), PrintMembers);
}
