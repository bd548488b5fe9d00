namespace Hebb.Layers;

/// <summary>Batch normalization of features [N, C] or sequences [N, C, L]; see <see cref="BatchNorm"/>.</summary>
/// <param name="channels">How many features or channels there are.</param>
/// <param name="momentum">How much a new batch weighs in the running averages, from 0 to 1; 0.1 by default.</param>
/// <param name="epsilon">ε, positive; 1e-5 by default.</param>
/// <param name="affine">Whether γ and β are trained; otherwise they are 1 and 0.</param>
public sealed class BatchNorm1d(int channels, double momentum = 0.1, double epsilon = 1e-5, bool affine = true)
    : BatchNorm(channels, momentum, epsilon, affine)
{
    private protected override string Layout => "[N, C] or [N, C, L]";

    private protected override bool Takes(int rank) => rank is 2 or 3;

    /// <inheritdoc/>
    protected internal override Module New() => new BatchNorm1d(Settings.Channels, Settings.Momentum, Settings.Epsilon, Settings.Affine);
}
