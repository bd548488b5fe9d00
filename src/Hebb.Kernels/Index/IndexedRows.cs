using System.Numerics;

namespace Hebb.Kernels;

/// <summary>
/// Whole rows that indices name, read from a table or added to it, shared by the team: reading is cut into rows, adding into columns, so
/// that what meets in one row is added in order whoever does it.
/// </summary>
internal static unsafe class IndexedRows
{
    private const int ColumnsEach = 32;

    // So many rows are added to one before it is set aside, since a sum that has grown large loses digits of what is added.
    private const int Together = 512;

    /// <summary>Whether operands are rows: two axes with columns, one index for a row, and the numbers of rows side by side.</summary>
    public static bool Are(in Dims shape, in Dims indexStrides, in Dims xStrides, in Dims yStrides) =>
        shape.Rank == 2 && shape[1] > 0 && indexStrides[1] == 0 && xStrides[1] == 1 && yStrides[1] == 1;

    /// <summary>y[i] = x[indices[i]] for rows that lie the given strides apart.</summary>
    public static void Gather<T>(
        in Dims shape, int size, int step, ReadOnlySpan<long> indices, int indexStride, ReadOnlySpan<T> x,
        Span<T> y, int yRow)
        where T : unmanaged
    {
        fixed (long* at = indices)
        fixed (T* from = x, to = y)
        {
            GatherJob<T> job = new()
            {
                Rows = shape[0],
                Columns = shape[1],
                Each = Math.Max(1, Items.Chunk / shape[1]),
                Size = size,
                Step = step,
                Indices = at,
                IndexStride = indexStride,
                From = from,
                FromLength = x.Length,
                To = to,
                ToLength = y.Length,
                ToRow = yRow,
            };
            Team.Run((shape[0] + job.Each - 1) / job.Each, ref job);
        }
    }

    /// <summary>y[indices[i]] += x[i] for rows that lie the given strides apart.</summary>
    public static void Add<T>(
        in Dims shape, int size, int step, ReadOnlySpan<long> indices, int indexStride, ReadOnlySpan<T> x, int xRow,
        Span<T> y)
        where T : unmanaged, INumber<T>
    {
        fixed (long* at = indices)
        fixed (T* from = x, to = y)
        {
            AddJob<T> job = new()
            {
                Rows = shape[0],
                Columns = shape[1],
                Each = shape[0] * (long)shape[1] < Items.Chunk ? shape[1] : ColumnsEach,
                Size = size,
                Step = step,
                Indices = at,
                IndexStride = indexStride,
                From = from,
                FromLength = x.Length,
                FromRow = xRow,
                To = to,
                ToLength = y.Length,
            };
            if (shape[0] >= Together) job.SetAside();
            Team.Run((shape[1] + job.Each - 1) / job.Each, ref job);
        }
    }

    private struct GatherJob<T> : IJob where T : unmanaged
    {
        public int Rows, Columns, Each, Size, Step, IndexStride, FromLength, ToLength, ToRow;
        public long* Indices;
        public T* From, To;

        public readonly void Run(int chunk)
        {
            ReadOnlySpan<T> x = new(From, FromLength);
            Span<T> y = new(To, ToLength);
            for (int row = chunk * Each; row < Math.Min(Rows, (chunk + 1) * Each); row++)
                x.Slice(Indexing.Checked(Indices[(nint)row * IndexStride], Size) * Step, Columns).CopyTo(y.Slice(row * ToRow, Columns));
        }
    }

    private struct AddJob<T> : IJob where T : unmanaged, INumber<T>
    {
        public int Rows, Columns, Each, Size, Step, IndexStride, FromLength, FromRow, ToLength;
        public long* Indices;
        public T* From, To;

        // For each row 1 + the place among the totals that its sum goes to behind it, or 0; then which rows of the table have totals.
        private int* _asides, _owners;
        private int _totalCount;
        private T* _totals;

        /// <summary>Finds the rows behind which a sum is set aside: the last of each so many that go to one row of the table.</summary>
        public void SetAside()
        {
            _asides = Scratch.Get<int>(ScratchUse.IndexedHits, Rows + (2L * Size) + (Rows / Together) + 1);
            int* hits = _asides + Rows, places = hits + Size;
            _owners = places + Size;
            new Span<int>(hits, 2 * Size).Clear();
            for (int row = 0; row < Rows; row++)
            {
                int at = Indexing.Checked(Indices[(nint)row * IndexStride], Size);
                _asides[row] = 0;
                if (++hits[at] % Together != 0) continue;
                if (places[at] == 0)
                {
                    _owners[_totalCount] = at;
                    places[at] = ++_totalCount;
                }
                _asides[row] = places[at];
            }
            _totals = Scratch.Get<T>(ScratchUse.IndexedTotals, (long)_totalCount * Columns);
            for (int i = 0; i < _totalCount; i++) new Span<T>(_totals + ((long)i * Columns), Columns).Clear();
        }

        public readonly void Run(int chunk)
        {
            int first = chunk * Each, count = Math.Min(Each, Columns - first);
            ReadOnlySpan<T> x = new(From, FromLength);
            Span<T> y = new(To, ToLength);
            for (int row = 0; row < Rows; row++)
            {
                Span<T> to = y.Slice((Indexing.Checked(Indices[(nint)row * IndexStride], Size) * Step) + first, count);
                Indexing.Add(to, x.Slice((row * FromRow) + first, count));
                if (_asides == null || _asides[row] == 0) continue;
                Indexing.Add(new Span<T>(_totals + ((_asides[row] - 1L) * Columns) + first, count), to);
                to.Clear();
            }
            for (int i = 0; i < _totalCount; i++)
            {
                ReadOnlySpan<T> total = new(_totals + ((long)i * Columns) + first, count);
                Indexing.Add(y.Slice((_owners[i] * Step) + first, count), total);
            }
        }
    }
}
