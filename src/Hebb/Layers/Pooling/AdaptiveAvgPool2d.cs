namespace Hebb.Layers;

/// <summary>
/// The mean of each of rows x columns windows that cover images [N, C, H, W] of any size,
/// so that what follows always gets [N, C, rows, columns]: window i goes from ⌊i H / rows⌋ to ⌈(i + 1) H / rows⌉.
/// </summary>
/// <param name="rows">Rows of the result.</param>
/// <param name="columns">Columns of the result.</param>
public sealed class AdaptiveAvgPool2d(int rows, int columns) : Module
{
    /// <summary>A square result.</summary>
    /// <param name="size">Rows and columns of the result; 1 by default.</param>
    public AdaptiveAvgPool2d(int size = 1) : this(size, size) { }

    /// <inheritdoc/>
    public override string Details => $"{rows}x{columns}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 4) throw Misfit(x, "images [N, C, H, W]; give it four axes");
        return x.AdaptiveAveragePool(rows, columns);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new AdaptiveAvgPool2d(rows, columns);
}
