namespace Hebb.Layers;

/// <summary>The mean of each window of sequences [N, C, L].</summary>
/// <param name="kernel">The length of the window.</param>
/// <param name="stride">From one window to the next; the window's length by default.</param>
/// <param name="pad">Zeros added before and after the sequence; 0 by default.</param>
/// <param name="countsPadding">Whether positions in the padding count as zeros; true by default.</param>
public sealed class AvgPool1d(int kernel, int? stride = null, int pad = 0, bool countsPadding = true) : Module
{
    private readonly PoolWindow _window = PoolWindow.OfSteps(kernel, stride, pad);

    /// <inheritdoc/>
    public override string Details => MaxPool1d.Print(kernel, stride, pad) + (countsPadding ? "" : ", padding not counted");

    /// <inheritdoc/>
    public override (int Size, int Stride)? WindowAlong(int axis) => _window.Along(1);

    /// <inheritdoc/>
    public override bool UsesMask => true;

    /// <summary>Steps that do not count are zeros, and those windows count that a sequence alone would have.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        if (x.Mask is null || x.Values.Rank != 3) return OnForward(x.Values);
        if (pad > 0 && !countsPadding)
            throw Misfit(
                x.Values, "no mask where its padding is not counted, since steps behind a sequence would be; count it, or pad by 0");
        return new MaskedTensor(OnForward(x.Fill(0, axis: 2)), StepWindows.Mask(x.Mask, kernel, stride ?? kernel, pad));
    }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 3) throw Misfit(x, "sequences [N, C, L]; give it three axes");
        return x.Unsqueeze(2).AveragePool(_window, countsPadding).Squeeze(2);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new AvgPool1d(kernel, stride, pad, countsPadding);
}
