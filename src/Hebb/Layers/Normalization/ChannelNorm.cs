namespace Hebb.Layers;

/// <summary>
/// y = γ (x - μ) / √(σ² + ε) + β for images and sequences [N, C, ...], with the mean and biased variance of each group of channels of
/// each sample, in training and evaluation alike, and a γ and β for each channel.
/// </summary>
public abstract class ChannelNorm : Module
{
    private readonly int _groups, _channels;
    private readonly double _epsilon;
    private readonly Parameter? _scale, _shift;

    /// <summary>A layer for a number of channels.</summary>
    /// <param name="groups">How many groups the channels are cut into.</param>
    /// <param name="channels">How many channels there are.</param>
    /// <param name="epsilon">ε, positive.</param>
    /// <param name="affine">Whether γ and β are trained; otherwise they are 1 and 0.</param>
    private protected ChannelNorm(int groups, int channels, double epsilon, bool affine)
    {
        Argument.AtLeast(channels, 1);
        if (groups < 1 || channels % groups != 0)
        {
            throw new ArgumentException(
                $"A {GetType().Name} of {channels} channels in {groups} groups was asked for; the groups must divide the channels.",
                nameof(groups));
        }
        (_groups, _channels, _epsilon) = (groups, channels, Argument.Above(epsilon, 0));
        if (!affine) return;
        Register(_scale = new Parameter([channels], Initializer.Constant(1)) { IsDecayed = false }, "weight");
        Register(_shift = new Parameter([channels], Initializer.Constant(0)) { IsDecayed = false }, "bias");
    }

    /// <summary>The settings with which another such layer is made.</summary>
    private protected (int Groups, int Channels, double Epsilon, bool Affine) Settings =>
        (_groups, _channels, _epsilon, _scale is not null);

    private protected override bool Mixes(int rank, int axis) => rank > 2 && (axis > 1 || _groups < _channels);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        bool fits = x.Rank >= 2 && x.Shape[1] == _channels && x.Count >= 2 * x.Shape[0] * _groups;
        if (!fits)
        {
            throw Misfit(
                x, $"[N, {_channels}, ...] with at least two numbers in each group of channels; "
                + "give it those, or build the layer for yours");
        }
        if (_scale is not null && x.DType != _scale.DType)
            throw MisfitType(x, _scale.DType);
        return _scale is null ? x.GroupNormalize(_groups, _epsilon) : x.GroupNormalize(_groups, _scale, _shift!, _epsilon);
    }
}
