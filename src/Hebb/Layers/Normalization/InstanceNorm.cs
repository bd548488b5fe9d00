namespace Hebb.Layers;

/// <summary>
/// Normalizes each channel of each sample alone, which takes the contrast out of an image (Ulyanov, Vedaldi and Lempitsky,
/// Instance Normalization, 2016); see <see cref="ChannelNorm"/>. It serves sequences [N, C, L], images [N, C, H, W] and volumes.
/// </summary>
/// <param name="channels">How many channels there are.</param>
/// <param name="epsilon">ε, positive; 1e-5 by default.</param>
/// <param name="affine">Whether γ and β are trained; otherwise, and by default, they are 1 and 0.</param>
public sealed class InstanceNorm(int channels, double epsilon = 1e-5, bool affine = false)
    : ChannelNorm(channels, channels, epsilon, affine)
{
    /// <inheritdoc/>
    public override string Details => $"{Settings.Channels}{(Settings.Affine ? "" : ", not affine")}";

    /// <inheritdoc/>
    protected internal override Module New() => new InstanceNorm(Settings.Channels, Settings.Epsilon, Settings.Affine);
}
