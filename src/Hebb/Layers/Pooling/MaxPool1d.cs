namespace Hebb.Layers;

/// <summary>The largest number of each window of sequences [N, C, L].</summary>
/// <param name="kernel">The length of the window.</param>
/// <param name="stride">From one window to the next; the window's length by default.</param>
/// <param name="pad">Positions added before and after the sequence, which are never the largest; 0 by default.</param>
public sealed class MaxPool1d(int kernel, int? stride = null, int pad = 0) : Module
{
    private readonly PoolWindow _window = PoolWindow.OfSteps(kernel, stride, pad);

    /// <inheritdoc/>
    public override string Details => Print(kernel, stride, pad);

    /// <inheritdoc/>
    public override (int Size, int Stride)? WindowAlong(int axis) => _window.Along(1);

    /// <inheritdoc/>
    public override bool UsesMask => true;

    /// <summary>Steps that do not count are never the largest, and those windows count that a sequence alone would have.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        if (x.Mask is null || x.Values.Rank != 3) return OnForward(x.Values);
        MaskedTensor y = new(OnForward(x.Fill(double.NegativeInfinity, axis: 2)), StepWindows.Mask(x.Mask, kernel, stride ?? kernel, pad));
        return y.With(y.Fill(0, axis: 2));
    }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 3) throw Misfit(x, "sequences [N, C, L]; give it three axes");
        return x.Unsqueeze(2).MaxPool(_window).Squeeze(2);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new MaxPool1d(kernel, stride, pad);

    /// <summary>A window as pooling layers print it.</summary>
    internal static string Print(int kernel, int? stride, int pad) =>
        $"{kernel}{(stride is null || stride == kernel ? "" : $", stride {stride}")}{(pad == 0 ? "" : $", padding {pad}")}";
}
