namespace Hebb;

/// <summary>
/// Places for boxes in rows and lines between them, after Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical
/// system structures" (1981): lines through several rows get a place in each, rows are ordered by the mean places of their neighbors so
/// that few lines cross, and each row then lies as close to its neighbors as its order allows. Pure geometry.
/// </summary>
internal sealed class GraphLayout
{
    private const double Margin = 24, BoxAir = 26, LineAir = 14, PortAir = 18, SmallestGap = 36, LargestGap = 96;
    private const int Sweeps = 32;

    private readonly IReadOnlyList<Box> _boxes;
    private readonly IReadOnlyList<Line> _lines;
    private readonly List<GraphCell> _cells = [];
    private readonly List<int>[] _chains;
    private readonly List<(int Line, GraphCell.Bond Forth, GraphCell.Bond Back)> _bonds = [];
    private readonly List<int>[] _rows;
    private readonly double[] _rowTops, _rowHeights;
    private readonly double[] _widths;
    private readonly Dictionary<(int Box, bool IsTop, int Line), double> _ports = [];

    public GraphLayout(IReadOnlyList<Box> boxes, IReadOnlyList<Line> lines)
    {
        (_boxes, _lines) = (boxes, lines);
        int rows = boxes.Count == 0 ? 0 : boxes.Max(box => box.Layer) + 1;
        _rows = [.. Enumerable.Range(0, rows).Select(_ => new List<int>())];
        _widths = Widths();
        for (int i = 0; i < boxes.Count; i++) Add(new GraphCell(boxes[i].Layer, boxes[i].Lane, _widths[i], isBox: true));
        _chains = Chains();
        GraphRows.Order(_cells, _rows, Sweeps);
        GraphRows.Spread(_cells, _rows, Sweeps, BoxAir, LineAir);
        // Points where lines meet boxes follow from the places, and straighter lines from the points.
        SetPorts();
        Shift();
        GraphRows.Spread(_cells, _rows, Sweeps, BoxAir, LineAir);
        double left = _cells.Count == 0 ? 0 : _cells.Min(cell => cell.X - cell.Width / 2);
        foreach (GraphCell cell in _cells) cell.X += Margin - left;
        Width = _cells.Count == 0 ? 2 * Margin : _cells.Max(cell => cell.X + cell.Width / 2) + Margin;
        SetPorts();
        (_rowTops, _rowHeights) = (new double[rows], new double[rows]);
        Height = Margin + SetRows();
    }

    /// <summary>The width of the whole.</summary>
    public double Width { get; }

    /// <summary>The height of the whole.</summary>
    public double Height { get; }

    public double Left(int box) => _cells[box].X - _widths[box] / 2;

    public double Top(int box) => _rowTops[_boxes[box].Layer] + (_rowHeights[_boxes[box].Layer] - _boxes[box].Height) / 2;

    public double WidthOf(int box) => _widths[box];

    public double HeightOf(int box) => _boxes[box].Height;

    /// <summary>The corners of a line, from box to box.</summary>
    public IReadOnlyList<(double X, double Y)> Route(int line)
    {
        (int from, int to) = (_lines[line].From, _lines[line].To);
        bool isDown = _boxes[from].Layer < _boxes[to].Layer;
        double start = _ports[(from, !isDown, line)], end = _ports[(to, isDown, line)];
        List<(double X, double Y)> points = [(start, isDown ? Top(from) + HeightOf(from) : Top(from))];
        void Cross(double x, int row, bool isIn, bool isOut)
        {
            double near = isDown ? _rowTops[row] : _rowTops[row] + _rowHeights[row],
                far = isDown ? _rowTops[row] + _rowHeights[row] : _rowTops[row];
            if (isIn) points.Add((x, near));
            if (isOut) points.Add((x, far));
        }
        Cross(start, _boxes[from].Layer, isIn: false, isOut: true);
        foreach (int cell in _chains[line][1..^1]) Cross(_cells[cell].X, _cells[cell].Layer, isIn: true, isOut: true);
        Cross(end, _boxes[to].Layer, isIn: true, isOut: false);
        points.Add((end, isDown ? Top(to) : Top(to) + HeightOf(to)));
        return points;
    }

    /// <summary>Boxes are wide enough for the lines that end at them.</summary>
    private double[] Widths()
    {
        int[] above = new int[_boxes.Count], below = new int[_boxes.Count];
        foreach (Line line in _lines)
        {
            bool isDown = _boxes[line.From].Layer < _boxes[line.To].Layer;
            (isDown ? below : above)[line.From]++;
            (isDown ? above : below)[line.To]++;
        }
        // Lines that leave are drawn from few points, but arriving ones are counted one by one.
        return [.. _boxes.Select((box, i) => Math.Max(box.Width, PortAir * (1 + Math.Min(8, Math.Max(above[i], below[i])))))];
    }

    /// <summary>The cells through which each line passes; lines of one value share theirs.</summary>
    private List<int>[] Chains()
    {
        Dictionary<(int From, int Output, bool IsLink, int Lane, int Layer), int> shared = [];
        HashSet<(int, int)> joined = [];
        List<int>[] chains = new List<int>[_lines.Count];
        for (int i = 0; i < chains.Length; i++)
        {
            Line line = _lines[i];
            (Box from, Box to) = (_boxes[line.From], _boxes[line.To]);
            int step = Math.Sign(to.Layer - from.Layer), lane = from.Lane == to.Lane ? from.Lane : (from.Lane + to.Lane) / 2;
            List<int> chain = chains[i] = [line.From];
            for (int layer = from.Layer + step; layer != to.Layer; layer += step)
            {
                if (!shared.TryGetValue((line.From, line.Output, line.IsLink, lane, layer), out int cell))
                    shared[(line.From, line.Output, line.IsLink, lane, layer)] = cell = Add(new GraphCell(layer, lane, 1, isBox: false));
                chain.Add(cell);
            }
            chain.Add(line.To);
            for (int k = 1; k < chain.Count; k++)
            {
                (int a, int b) = (chain[k - 1], chain[k]);
                if (!joined.Add((a, b))) continue;
                (GraphCell.Bond forth, GraphCell.Bond back) = GraphCell.Join(_cells, a, b, line.Pull, b == line.To ? line.Operand : 0);
                if (a == line.From || b == line.To) _bonds.Add((i, forth, back));
            }
        }
        return chains;
    }

    private int Add(GraphCell cell)
    {
        _cells.Add(cell);
        _rows[cell.Layer].Add(_cells.Count - 1);
        return _cells.Count - 1;
    }

    /// <summary>
    /// Where lines meet their boxes: lines that leave with one value share a point,
    /// and all points lie in the order in which the lines come.
    /// </summary>
    private void SetPorts()
    {
        Dictionary<(int Box, bool IsTop), List<(int Line, int Output, double X)>> ends = [];
        void End(int box, bool isTop, int line, int output, double x)
        {
            if (!ends.TryGetValue((box, isTop), out List<(int Line, int Output, double X)>? list)) ends[(box, isTop)] = list = [];
            list.Add((line, output, x));
        }
        for (int i = 0; i < _lines.Count; i++)
        {
            Line line = _lines[i];
            bool isDown = _boxes[line.From].Layer < _boxes[line.To].Layer;
            End(line.From, !isDown, i, line.IsLink ? int.MaxValue : line.Output, _cells[_chains[i][1]].X);
            End(line.To, isDown, i, -1 - i, _cells[_chains[i][^2]].X);
        }
        foreach (((int box, bool isTop), List<(int Line, int Output, double X)> list) in ends)
        {
            (int Line, int Output, double X)[][] points =
                [.. list.GroupBy(end => end.Output).OrderBy(point => point.Average(end => end.X)).Select(point => point.ToArray())];
            double air = Math.Min(3 * PortAir, _widths[box] / (points.Length + 1));
            for (int i = 0; i < points.Length; i++)
            {
                double x = _cells[box].X + (i - (points.Length - 1) / 2.0) * air;
                foreach ((int line, _, _) in points[i]) _ports[(box, isTop, line)] = x;
            }
        }
    }

    /// <summary>Tells the bonds of a line how far from the middles of its boxes it meets them.</summary>
    private void Shift()
    {
        foreach ((int line, GraphCell.Bond forth, GraphCell.Bond back) in _bonds)
        {
            (int from, int to) = (back.Cell, forth.Cell);
            bool isDown = _cells[from].Layer < _cells[to].Layer;
            double start = from == _lines[line].From ? _ports[(from, !isDown, line)] - _cells[from].X : 0;
            double end = to == _lines[line].To ? _ports[(to, isDown, line)] - _cells[to].X : 0;
            forth.Shift = end - start;
            back.Shift = start - end;
        }
    }

    /// <summary>Rows from top to bottom, farther apart where lines go far to the side; returns where the last ends.</summary>
    private double SetRows()
    {
        double y = Margin;
        for (int row = 0; row < _rows.Length; row++)
        {
            _rowHeights[row] = _rows[row].Select(cell => cell < _boxes.Count ? _boxes[cell].Height : 0).DefaultIfEmpty(0).Max();
            _rowTops[row] = y;
            double reach = _rows[row]
                .SelectMany(cell => _cells[cell].Below.Select(next => Math.Abs(_cells[next.Cell].X - _cells[cell].X)))
                .DefaultIfEmpty(0).Max();
            y += _rowHeights[row] + (row == _rows.Length - 1 ? 0 : Math.Clamp(reach / 6, SmallestGap, LargestGap));
        }
        return y;
    }

    /// <summary>A box: its size, its row, and its lane; in a row, lanes lie in order.</summary>
    public readonly record struct Box(double Width, double Height, int Layer, int Lane);

    /// <summary>A line from a result of a box to a box in another row, as which operand, and how much it pulls its ends together.</summary>
    public readonly record struct Line(int From, int To, int Output, int Operand, bool IsLink, double Pull);
}
