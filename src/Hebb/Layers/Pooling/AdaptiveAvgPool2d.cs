namespace Hebb.Layers;

/// <summary>
/// The mean of each of rows x columns windows that cover images [N, C, H, W] of any size,
/// so that what follows always gets [N, C, rows, columns]: window i goes from ⌊i H / rows⌋ to ⌈(i + 1) H / rows⌉.
/// </summary>
/// <param name="rows">Rows of the result.</param>
/// <param name="columns">Columns of the result.</param>
public sealed class AdaptiveAvgPool2d(int rows, int columns) : Module
{
    private readonly int _rows = Argument.AtLeast(rows, 1);
    private readonly int _columns = Argument.AtLeast(columns, 1);

    /// <summary>A square result.</summary>
    /// <param name="size">Rows and columns of the result; 1 by default.</param>
    public AdaptiveAvgPool2d(int size = 1) : this(Argument.AtLeast(size, 1), size) { }

    /// <inheritdoc/>
    public override string Details => $"{_rows}x{_columns}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 4) throw Misfit(x, "images [N, C, H, W]; give it four axes");
        return x.AdaptiveAveragePool(_rows, _columns);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new AdaptiveAvgPool2d(_rows, _columns);
}
