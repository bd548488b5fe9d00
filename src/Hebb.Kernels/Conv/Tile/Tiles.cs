using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Chooses among the sizes of the register tile at run time.</summary>
/// <typeparam name="V">The register of lanes.</typeparam>
/// <typeparam name="T">The element type.</typeparam>
/// <typeparam name="F">What the rows multiply with.</typeparam>
internal static unsafe class Tiles<V, T, F> where V : struct, ILane<V, T> where T : unmanaged where F : struct, ITileFactor
{
    private const int TallestTile = 14;

    /// <summary>The most steps of a chain: the error of a sum grows with the length of its chains.</summary>
    private const int LongestChain = 256;

    /// <summary>How many rows of so many columns stay in registers, beside one row of lanes and one factor.</summary>
    public static int MaxRows(int columns) => Math.Min(TallestTile, ((V.Count * sizeof(T) == 64 ? 32 : 16) - 1 - columns) / columns);

    /// <summary>Runs the tile of the given size.</summary>
    public static void Run(int rows, int columns, TileCall<T>* call)
    {
        var table = columns switch
        {
            1 => Sizes<Row1<V, T>>.Table,
            2 => Sizes<Row2<V, T>>.Table,
            3 => Sizes<Row3<V, T>>.Table,
            _ => Sizes<Row4<V, T>>.Table,
        };
        table[rows - 1](call);
    }

    /// <summary>
    /// Runs the tile of the given size in blocks of steps, each a chain of its own; finished blocks are added in order. How the steps are
    /// cut depends on their number alone.
    /// </summary>
    public static void RunInBlocks(int rows, int columns, TileCall<T>* call)
    {
        if ((long)call->Runs * call->Length <= LongestChain)
        {
            Run(rows, columns, call);
            return;
        }
        T* zeros = stackalloc T[V.Count];
        int* zeroRows = stackalloc int[TallestTile];
        new Span<T>(zeros, V.Count).Clear();
        new Span<int>(zeroRows, TallestTile).Clear();
        // Long runs are cut into equal parts, short ones put together.
        int parts = (call->Length + LongestChain - 1) / LongestChain;
        int most = Math.Max(1, LongestChain / call->Length), blocks = (call->Runs + most - 1) / most;
        int each = (call->Runs + blocks - 1) / blocks;
        TileCall<T> block = *call;
        for (int run = 0; run < call->Runs; run += each)
        {
            block.FactorRuns = call->FactorRuns + run;
            block.LaneRuns = call->LaneRuns + run;
            block.Runs = Math.Min(each, call->Runs - run);
            for (int part = 0; part < parts; part++)
            {
                int first = (int)((long)call->Length * part / parts);
                block.Length = (int)((long)call->Length * (part + 1) / parts) - first;
                block.Factors = call->Factors + ((nint)first * call->FactorStep);
                block.Lanes = call->Lanes + ((nint)first * call->LaneStep);
                if (run == 0 && part == 0) Run(rows, columns, &block);
                else Add(rows, columns, &block);
                block.Start = zeros;
                block.StartRows = zeroRows;
                block.StartColumnStep = block.StartAdvance = 0;
            }
        }
    }

    /// <summary>Runs the tile of the given size, and adds its sums to what stands where they belong, as a block of longer sums.</summary>
    [SkipLocalsInit]
    public static void Add(int rows, int columns, TileCall<T>* call)
    {
        T* sums = stackalloc T[TallestTile * Tile.MaxColumns * V.Count], to = call->Out;
        int* places = stackalloc int[TallestTile];
        for (int i = 0; i < rows; i++) places[i] = i * columns * V.Count;
        TileCall<T> one = *call;
        (one.Repeat, one.OutColumnStep) = (1, V.Count);
        one.Out = sums;
        one.OutRows = places;
        for (int repeat = call->Repeat; repeat > 0; repeat--, to += call->OutAdvance)
        {
            Run(rows, columns, &one);
            for (int i = 0; i < rows; i++)
            {
                T* sum = sums + places[i], y = to + call->OutRows[i];
                for (int j = 0; j < columns; j++, sum += V.Count, y += call->OutColumnStep) V.Store(y, V.Load(y) + V.Load(sum));
            }
            one.Lanes += call->LaneAdvance;
            one.Start += call->StartAdvance;
        }
    }

    private static class Sizes<R> where R : struct, ITileRow<R, V, T>
    {
        public static readonly delegate*<TileCall<T>*, void>[] Table =
        [
            &Tile.Run<V, T, R, Size1, F>, &Tile.Run<V, T, R, Size2, F>, &Tile.Run<V, T, R, Size3, F>, &Tile.Run<V, T, R, Size4, F>,
            &Tile.Run<V, T, R, Size5, F>, &Tile.Run<V, T, R, Size6, F>, &Tile.Run<V, T, R, Size7, F>, &Tile.Run<V, T, R, Size8, F>,
            &Tile.Run<V, T, R, Size9, F>, &Tile.Run<V, T, R, Size10, F>, &Tile.Run<V, T, R, Size11, F>, &Tile.Run<V, T, R, Size12, F>,
            &Tile.Run<V, T, R, Size13, F>, &Tile.Run<V, T, R, Size14, F>,
        ];
    }
}
