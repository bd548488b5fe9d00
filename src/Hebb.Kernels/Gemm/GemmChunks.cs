using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A matrix product cut into rectangles of C, each computed by one thread without regard to the others: block of k by block of k, the
/// panels of B stay in the second-level cache while strips of A, which stay in the first, pass by.
/// </summary>
internal unsafe struct GemmChunks<V, T, TActivation> : IJob
    where V : struct, ILane<V, T> where T : unmanaged where TActivation : struct, IBinaryLane
{
    // A product kept aside has few rows, so that it stays in the cache.
    private const int MaxRowsAside = 256;

    private readonly GemmProblem<T> _problem;
    private readonly TActivation _activation;
    private readonly int _rows, _columns, _down;

    public GemmChunks(in GemmProblem<T> problem, TActivation activation, int threads)
    {
        _problem = problem;
        _activation = activation;
        int unit = GemmTiles<V, T>.MaxRows;
        bool isTurned = !problem.Packed && problem.BColumn != 1;
        (_rows, _columns) = GemmRules.Cut(problem.M, problem.N, problem.K, unit, GemmRules.Panel<T>(), isTurned, threads);
        if (KeepAside) _rows = Math.Min(_rows, MaxRowsAside / unit * unit);
        _down = GemmRules.Parts(problem.M, _rows);
    }

    public readonly int Count => _down * GemmRules.Parts(_problem.N, _columns);

    // What is added is the finished product, so the sums of several blocks of k cannot be collected in C itself.
    private readonly bool KeepAside => _problem.Accumulate && GemmRules.KBlock<T>(_problem.K) < _problem.K;

    public readonly void Run(int chunk)
    {
        int firstRow = chunk % _down * _rows, firstColumn = chunk / _down * _columns;
        int rows = Math.Min(_rows, _problem.M - firstRow), columns = Math.Min(_columns, _problem.N - firstColumn);
        bool aside = KeepAside;
        T* c = _problem.C + firstRow * _problem.CRow + firstColumn;
        var product = aside
            ? new Target { Data = Scratch.Get<T>(ScratchUse.GemmProduct, (long)_rows * _columns), Row = _columns }
            : new Target { Data = c, Row = _problem.CRow, Add = _problem.Accumulate };
        int block = GemmRules.KBlock<T>(_problem.K), k = 0;
        do
        {
            int length = Math.Min(block, _problem.K - k);
            bool last = k + block >= _problem.K;
            GemmRight<T> right = GemmRight<T>.Prepare<V>(_problem, firstColumn, columns, k, length, rows);
            Multiply(firstRow, rows, firstColumn, columns, k, length, right, product, last && !aside);
            product.Add = true;
            k += block;
        }
        while (k < _problem.K);
        if (aside) Finish(firstRow, rows, firstColumn, columns, product, c, true);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization), SkipLocalsInit]
    private readonly void Multiply(
        int firstRow, int rows, int firstColumn, int columns, int firstK, int k, in GemmRight<T> right, Target product, bool finish)
    {
        int width = GemmRules.Panel<T>(), unit = GemmTiles<V, T>.MaxRows;
        nint aRow = _problem.ARow, aColumn = _problem.AColumn, cRow = product.Row;
        bool copy = GemmLeft<T>.WorthCopying(aRow, aColumn, k, columns), add = product.Add;
        finish &= GemmEpilogue<V, T, TActivation>.Needed(_problem.Bias);
        T* a = _problem.A + firstRow * aRow + firstK * aColumn;
        T* strip = copy ? Scratch.Get<T>(ScratchUse.GemmLeft, unit * (long)k) : null;
        T* edge = stackalloc T[unit * 2 * V.Count];
        for (int i = 0; i < rows; i += unit)
        {
            int height = Math.Min(unit, rows - i);
            var left = new GemmLeft<T> { Data = a + i * aRow, Row = aRow, Column = aColumn };
            if (copy) left.CopyTo(strip, unit, height, k);
            T* c = product.Data + i * cRow;
            for (int j = 0, count; j < columns; j += count)
            {
                bool whole = j < right.Whole;
                int remaining = (whole ? right.Whole : columns) - j;
                int registers = remaining >= 2 * V.Count || (remaining > V.Count && right.Tail == null) ? 2 : 1;
                count = Math.Min(remaining, registers * V.Count);
                T* b = whole ? right.Panels + j / width * right.PanelStride + j % width : right.Tail;
                nint bRow = whole ? right.Row : width;
                if (count == registers * V.Count)
                {
                    GemmTiles<V, T>.Run(height, registers, k, left.Data, left.Row, left.Column, b, bRow, c + j, cRow, add);
                    continue;
                }
                int edgeRow = registers * V.Count;
                GemmTiles<V, T>.Run(height, registers, k, left.Data, left.Row, left.Column, b, bRow, edge, edgeRow, false);
                for (int r = 0; r < height; r++)
                {
                    if (add) ShortRow<T>.Add(count, edge + r * edgeRow, c + r * cRow + j);
                    else ShortRow<T>.Copy(count, edge + r * edgeRow, c + r * cRow + j);
                }
            }
            if (finish) Finish(firstRow + i, height, firstColumn, columns, product with { Data = c }, c, false);
        }
    }

    private readonly void Finish(int firstRow, int rows, int firstColumn, int columns, Target product, T* c, bool add)
    {
        T* bias = _problem.Bias == null ? null : _problem.Bias + (_problem.BiasPerRow ? firstRow : firstColumn);
        GemmEpilogue<V, T, TActivation>.Run(
            rows, columns, product.Data, product.Row, c, _problem.CRow, add, bias, _problem.BiasPerRow, _problem.OtherAt(c), _activation);
    }

    /// <summary>Where sums are written to, or added to.</summary>
    private struct Target
    {
        public T* Data;
        public nint Row;
        public bool Add;
    }
}
