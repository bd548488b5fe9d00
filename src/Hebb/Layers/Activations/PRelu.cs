namespace Hebb.Layers;

/// <summary>
/// y = x for x ≥ 0, α x below, with a trained α, one for all or one for each channel (He, Zhang, Ren and Sun, 2015).
/// Channels are axis 1 of [N, C, ...].
/// </summary>
public sealed class PRelu : Module
{
    private readonly double _start;

    /// <summary>A layer with one α, or one for each of some channels.</summary>
    /// <param name="channels">How many channels there are; 1 shares one α.</param>
    /// <param name="start">Where each α starts; 0.25 by default.</param>
    public PRelu(int channels = 1, double start = 0.25)
    {
        Argument.AtLeast(channels, 1);
        _start = Argument.Finite(start);
        Register(Weight = new Parameter([channels], Initializer.Constant(start)) { IsDecayed = false }, "weight");
    }

    /// <summary>α, [channels].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override string Details => Weight.Count == 1 ? "" : $"{Weight.Count} channels";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (Weight.Count == 1) return x.PRelu(Weight);
        if (x.Rank < 2 || x.Shape[1] != Weight.Count)
            throw Misfit(x, $"{Weight.Count} channels in axis 1; give it as many, or share one α");
        Shape perChannel = [Weight.Count];
        for (int i = 2; i < x.Rank; i++) perChannel = perChannel.Insert(i - 1, 1);
        return x.PRelu(Weight.Reshape(perChannel));
    }

    /// <inheritdoc/>
    protected internal override Module New() => new PRelu(Weight.Count, _start);
}
