namespace Hebb;

/// <summary>The order of cells in rows, and their places along them.</summary>
internal static class GraphRows
{
    /// <summary>
    /// Sweeps down and up, ordering each row within its lanes by the mean places of its neighbors;
    /// keeps the order with the fewest crossings.
    /// </summary>
    public static void Order(List<GraphCell> cells, List<int>[] rows, int sweeps)
    {
        double[] places = new double[cells.Count];
        foreach (List<int> row in rows) Sort(row, cells, places, _ => double.NaN);
        long fewest = Crossings(cells, rows, places);
        int[][] best = [.. rows.Select(row => row.ToArray())];
        for (int sweep = 0; sweep < sweeps; sweep++)
        {
            bool isDown = sweep % 2 == 0;
            foreach (List<int> row in isDown ? rows : rows.Reverse())
                Sort(row, cells, places, cell => Mean(isDown ? cells[cell].Above : cells[cell].Below, places));
            long crossings = Crossings(cells, rows, places);
            if (crossings >= fewest) continue;
            fewest = crossings;
            best = [.. rows.Select(row => row.ToArray())];
        }
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Clear();
            rows[i].AddRange(best[i]);
        }
    }

    /// <summary>
    /// Moves each row, down and up by turns, to where the squares of the distances to its neighbors are smallest while its cells keep order
    /// and distance: an isotonic regression, by pooling neighbors that are too close (Ayer et al., 1955).
    /// </summary>
    public static void Spread(List<GraphCell> cells, List<int>[] rows, int sweeps, double boxAir, double lineAir)
    {
        for (int sweep = 0; sweep < 2 * sweeps; sweep++)
        {
            foreach (List<int> row in sweep % 2 == 0 ? rows : rows.Reverse())
                Settle(row, cells, cell => Pulled(cells[cell], cells), boxAir, lineAir);
        }
    }

    private static void Sort(List<int> row, List<GraphCell> cells, double[] places, Func<int, double> wanted)
    {
        int[] sorted = [.. row.Select((cell, i) => (Cell: cell, At: wanted(cell) is double at && !double.IsNaN(at) ? at : i))
            .OrderBy(pair => cells[pair.Cell].Lane).ThenBy(pair => pair.At).Select(pair => pair.Cell)];
        for (int i = 0; i < sorted.Length; i++) places[row[i] = sorted[i]] = i;
    }

    private static double Mean(List<GraphCell.Bond> neighbors, double[] places) =>
        neighbors.Count == 0 ? double.NaN : neighbors.Average(bond => places[bond.Cell] + (double)bond.Operand / GraphCell.Bond.Operands);

    private static double Pulled(GraphCell cell, List<GraphCell> cells)
    {
        double sum = 0, weight = 0;
        foreach (GraphCell.Bond bond in cell.Above.Concat(cell.Below))
        {
            sum += bond.Weight * (cells[bond.Cell].X + bond.Shift);
            weight += bond.Weight;
        }
        return weight == 0 ? cell.X : sum / weight;
    }

    private static void Settle(List<int> row, List<GraphCell> cells, Func<int, double> wanted, double boxAir, double lineAir)
    {
        double[] offsets = new double[row.Count];
        for (int i = 1; i < offsets.Length; i++)
        {
            (GraphCell a, GraphCell b) = (cells[row[i - 1]], cells[row[i]]);
            offsets[i] = offsets[i - 1] + (a.Width + b.Width) / 2 + (a.IsBox && b.IsBox ? boxAir : lineAir);
        }
        List<(double Sum, double Weight, int Count)> pools = [];
        for (int i = 0; i < offsets.Length; i++)
        {
            double weight = Math.Max(0.1, cells[row[i]].Above.Concat(cells[row[i]].Below).Sum(bond => bond.Weight));
            (double Sum, double Weight, int Count) pool = (weight * (wanted(row[i]) - offsets[i]), weight, 1);
            while (pools.Count > 0 && pools[^1].Sum / pools[^1].Weight > pool.Sum / pool.Weight)
            {
                pool = (pools[^1].Sum + pool.Sum, pools[^1].Weight + pool.Weight, pools[^1].Count + pool.Count);
                pools.RemoveAt(pools.Count - 1);
            }
            pools.Add(pool);
        }
        int at = 0;
        foreach ((double sum, double weight, int count) in pools)
        {
            for (int i = 0; i < count; i++, at++) cells[row[at]].X = sum / weight + offsets[at];
        }
    }

    /// <summary>
    /// How many lines between neighboring rows cross: pairs in another order below than above,
    /// or as other operands, counted with a binary indexed tree.
    /// </summary>
    private static long Crossings(List<GraphCell> cells, List<int>[] rows, double[] places)
    {
        long crossings = 0;
        for (int row = 0; row + 1 < rows.Length; row++)
        {
            int[] tree = new int[rows[row + 1].Count * GraphCell.Bond.Operands + 1];
            int seen = 0;
            foreach (int cell in rows[row])
            {
                int[] ends = [.. cells[cell].Below.Select(bond => (int)places[bond.Cell] * GraphCell.Bond.Operands + bond.Operand)];
                foreach (int end in ends)
                {
                    int before = 0;
                    for (int i = end + 1; i > 0; i -= i & -i) before += tree[i];
                    crossings += seen - before;
                }
                foreach (int end in ends)
                {
                    for (int i = end + 1; i < tree.Length; i += i & -i) tree[i]++;
                }
                seen += ends.Length;
            }
        }
        return crossings;
    }
}
