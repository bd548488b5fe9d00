namespace Hebb.Layers;

/// <summary>The mean of each cube of volumes [N, C, D, H, W].</summary>
/// <param name="kernel">The edge of the cube.</param>
/// <param name="stride">From one cube to the next; the edge by default.</param>
/// <param name="pad">Zeros thought around the volume; 0 by default.</param>
/// <param name="countsPadding">Whether positions in the padding count as zeros; true by default.</param>
public sealed class AvgPool3d(int kernel, int? stride = null, int pad = 0, bool countsPadding = true) : Module
{
    private readonly PoolWindow _slice = PoolWindow.Square(kernel, stride, pad), _column = PoolWindow.OfRows(kernel, stride, pad);

    /// <inheritdoc/>
    public override string Details => MaxPool1d.Print(kernel, stride, pad) + (countsPadding ? "" : ", padding not counted");

    /// <inheritdoc/>
    public override (int Size, int Stride)? WindowAlong(int axis) => _slice.Along(0);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 5) throw Misfit(x, "volumes [N, C, D, H, W]; give it five axes");
        // Every slice as an image, and then every column of the pooled slices as one.
        (int n, int c, int d) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        Tensor slices = x.Reshape(n, c * d, x.Shape[3], x.Shape[4])
            .AveragePool(_slice, countsPadding);
        (int h, int w) = (slices.Shape[2], slices.Shape[3]);
        Tensor columns = slices.Reshape(n, c, d, h * w).AveragePool(_column, countsPadding);
        return columns.Reshape(n, c, columns.Shape[2], h, w);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new AvgPool3d(kernel, stride, pad, countsPadding);
}
