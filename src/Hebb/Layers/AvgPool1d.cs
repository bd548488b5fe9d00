namespace Hebb.Layers;

/// <summary>The mean of each window of sequences [N, C, L].</summary>
/// <param name="kernel">The length of the window.</param>
/// <param name="stride">From one window to the next; the window's length by default.</param>
/// <param name="pad">Zeros thought before and after the sequence; 0 by default.</param>
/// <param name="countsPadding">Whether positions in the padding count as zeros; true by default.</param>
public sealed class AvgPool1d(int kernel, int? stride = null, int pad = 0, bool countsPadding = true) : Module
{
    /// <inheritdoc/>
    public override string Details => MaxPool1d.Print(kernel, stride, pad) + (countsPadding ? "" : ", padding not counted");

    /// <inheritdoc/>
    public override (int Size, int Stride)? WindowAlong(int axis) => (kernel, stride ?? kernel);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 3) throw Misfit(x, "sequences [N, C, L]; give it three axes");
        return x.Unsqueeze(2).AveragePool(new PoolWindow(1, kernel, 1, stride ?? kernel, 0, pad), countsPadding).Squeeze(2);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new AvgPool1d(kernel, stride, pad, countsPadding);
}
