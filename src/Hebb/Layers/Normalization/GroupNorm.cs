namespace Hebb.Layers;

/// <summary>
/// Normalizes each group of channels of each sample (Wu and He, Group Normalization, 2018); see <see cref="ChannelNorm"/>. It does not
/// depend on the size of the batch.
/// </summary>
/// <param name="groups">How many groups the channels are cut into.</param>
/// <param name="channels">How many channels there are.</param>
/// <param name="epsilon">ε, positive; 1e-5 by default.</param>
/// <param name="affine">Whether γ and β are trained; otherwise they are 1 and 0.</param>
public sealed class GroupNorm(int groups, int channels, double epsilon = 1e-5, bool affine = true)
    : ChannelNorm(groups, channels, epsilon, affine)
{
    /// <inheritdoc/>
    public override string Details => $"{Settings.Channels} in {Settings.Groups} groups{(Settings.Affine ? "" : ", not affine")}";

    /// <inheritdoc/>
    protected internal override Module New() => new GroupNorm(Settings.Groups, Settings.Channels, Settings.Epsilon, Settings.Affine);
}
