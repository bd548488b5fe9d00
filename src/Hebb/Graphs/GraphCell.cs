namespace Hebb;

/// <summary>A box of a layout, or the place where a line passes a row.</summary>
internal sealed class GraphCell(int layer, int lane, double width, bool isBox)
{
    /// <summary>The row.</summary>
    public int Layer => layer;

    /// <summary>Within a row, lanes lie in order.</summary>
    public int Lane => lane;

    public double Width => width;

    public bool IsBox => isBox;

    /// <summary>Its middle.</summary>
    public double X { get; set; }

    /// <summary>Bonds to the row above.</summary>
    public List<Bond> Above { get; } = [];

    /// <summary>Bonds to the row below.</summary>
    public List<Bond> Below { get; } = [];

    /// <summary>Bonds two cells of neighboring rows, which a line joins as an operand of the second.</summary>
    public static (Bond Forth, Bond Back) Join(List<GraphCell> cells, int a, int b, double pull, int operand)
    {
        // Long lines are straightened before short ones.
        double weight = pull * (cells[a].IsBox ? 1 : 2) * (cells[b].IsBox ? 1 : 2);
        (Bond forth, Bond back) = (new Bond(b, weight, operand), new Bond(a, weight, 0));
        bool isDown = cells[a].Layer < cells[b].Layer;
        (isDown ? cells[a].Below : cells[a].Above).Add(forth);
        (isDown ? cells[b].Above : cells[b].Below).Add(back);
        return (forth, back);
    }

    /// <summary>What draws a cell to a neighbor, and as which operand of the neighbor it comes.</summary>
    public sealed class Bond(int cell, double weight, int operand)
    {
        public const int Operands = 16;

        public int Cell => cell;

        public double Weight => weight;

        /// <summary>The operand, which orders cells that come to the same neighbor.</summary>
        public int Operand => Math.Min(operand, Operands - 1);

        /// <summary>How far to the right of the neighbor's middle the cell's middle would best lie.</summary>
        public double Shift { get; set; }
    }
}
