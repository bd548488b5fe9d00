using Hebb.Ops;

namespace Hebb.Layers;

/// <summary>
/// Replaces some columns of rows [N, C], which hold numbers of categories 0, 1, 2, ... as floats, by rows of trained tables, and passes the
/// others through: a category is a vector that training places near similar ones, instead of a one among zeros (Guo and Berkhahn, Entity
/// Embeddings of Categorical Variables, 2016). The result keeps the order of the columns.
/// </summary>
public sealed class EmbedColumns : Module
{
    private readonly int _width;
    private readonly (int Column, int Count, int Features)[] _tables;
    private readonly Embedding[] _embeddings;

    /// <summary>A layer for rows of a width.</summary>
    /// <param name="width">C, the numbers of a row.</param>
    /// <param name="tables">
    /// The columns that hold categories, from 0 and rising; how many categories there are; and the length of their vectors.
    /// </param>
    /// <exception cref="ArgumentException">A column is not in the row, or they do not rise.</exception>
    public EmbedColumns(int width, params IReadOnlyList<(int Column, int Count, int Features)> tables)
    {
        Argument.AtLeast(width, 1);
        for (int i = 0; i < tables.Count; i++)
        {
            if (tables[i].Column >= width || tables[i].Column <= (i == 0 ? -1 : tables[i - 1].Column))
                throw new ArgumentException($"The columns {InvariantText.Join(", ", tables.Select(table => table.Column))} were "
                    + $"to be embedded of rows with {width} numbers; give columns from 0 to {width - 1}, rising.", nameof(tables));
        }
        _width = width;
        _tables = [.. tables];
        OutputWidth = Shape.Size(width + _tables.Sum(table => table.Features - 1L));
        _embeddings = [.. _tables.Select(table => Child(new Embedding(table.Count, table.Features), $"{table.Column}"))];
    }

    /// <summary>The numbers of a resulting row.</summary>
    public int OutputWidth { get; }

    /// <inheritdoc/>
    public override string Details => $"{_width} → {OutputWidth}, {_tables.Length} embedded";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 2 || x.Shape[1] != _width || !x.DType.IsFloat)
            throw Misfit(x, $"rows of floats [N, {_width}]; give it as many columns, or build the layer for yours");
        List<Tensor> parts = [];
        int next = 0;
        for (int i = 0; i < _tables.Length; i++)
        {
            int column = _tables[i].Column;
            if (column > next) parts.Add(x.Narrow(1, next, column - next));
            parts.Add(_embeddings[i].Forward(x.Narrow(1, column, 1).Apply(new CategoryIndices(_tables[i].Count)).Reshape(-1)));
            next = column + 1;
        }
        if (next < _width) parts.Add(x.Narrow(1, next, _width - next));
        return parts.Count == 1 ? parts[0] : Tensor.Concat([.. parts], 1);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new EmbedColumns(_width, _tables);
}
