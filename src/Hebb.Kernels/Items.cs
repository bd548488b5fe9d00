using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Work on numbered items (rows, columns, channels, chunks) that is written once for every lane width.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IItems<T> where T : unmanaged
{
    /// <summary>Does the items from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    void Run<V>(int from, int to) where V : struct, ILane<V, T>;
}

/// <summary>Runs such work on the team with the lane width in use.</summary>
internal static class Items
{
    /// <summary>About how many numbers a thread should take at a time.</summary>
    public const int Chunk = 16384;

    /// <summary>Does all items, <paramref name="each"/> of them in a chunk, of which all threads share one copy of the body.</summary>
    /// <param name="body">The work.</param>
    /// <param name="items">The number of items.</param>
    /// <param name="each">Items of a chunk.</param>
    /// <param name="numbers">How many numbers lie side by side: lanes are no wider than that.</param>
    /// <param name="isFromEnd">Whether each thread does its last chunks first.</param>
    public static void Run<TBody, T>(in TBody body, int items, int each = 1, int numbers = int.MaxValue, bool isFromEnd = false)
        where TBody : struct, IItems<T> where T : unmanaged
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Lanes hold float or double, not {typeof(T).Name}; convert the numbers first.");
        var job = new Job<TBody, T>(body, items, each, numbers);
        Team.Run((int)(((long)items + each - 1) / each), ref job, isFromEnd);
    }

    private struct Job<TBody, T>(TBody body, int items, int each, int numbers) : IJob where TBody : struct, IItems<T> where T : unmanaged
    {
        private TBody _body = body;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            int from = chunk * each;
            var range = new Range<TBody, T>(ref _body, from, Math.Min(items, from + each));
            Lanes.Run<Range<TBody, T>, T>(ref range, numbers);
        }
    }

    private readonly ref struct Range<TBody, T>(ref TBody body, int from, int to) : IWidthBody<T>
        where TBody : struct, IItems<T> where T : unmanaged
    {
        private readonly ref TBody _body = ref body;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ILane<V, T> => _body.Run<V>(from, to);
    }
}
