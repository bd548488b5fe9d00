using System.Numerics;

namespace Hebb.Kernels;

/// <summary>
/// Whole rows that indices name, read from a table or added to it, shared by the team: reading is cut into rows, adding into columns, so
/// that what meets in one row is added in order whoever does it.
/// </summary>
internal static unsafe class IndexedRows
{
    private const int ColumnsEach = 32;

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

        public readonly void Run(int chunk)
        {
            int first = chunk * Each, count = Math.Min(Each, Columns - first);
            ReadOnlySpan<T> x = new(From, FromLength);
            Span<T> y = new(To, ToLength);
            for (int row = 0; row < Rows; row++)
                Indexing.Add(y.Slice((Indexing.Checked(Indices[(nint)row * IndexStride], Size) * Step) + first, count),
                    x.Slice((row * FromRow) + first, count));
        }
    }
}
