using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Work on numbered items (rows, columns, channels) that is written once for every lane width.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IItems<T> where T : unmanaged
{
    /// <summary>Does the items from <paramref name="from"/> up to, not including, <paramref name="to"/>.</summary>
    void Run<V>(int from, int to) where V : struct, ILane<V, T>;
}

/// <summary>Runs such work on the team with the lane width in use now.</summary>
internal static class Items
{
    /// <summary>About how many numbers a thread should take at a time.</summary>
    public const int Chunk = 16384;

    /// <summary>Does all items, <paramref name="each"/> of them in a chunk.</summary>
    public static void Run<TBody, T>(in TBody body, int items, int each) where TBody : struct, IItems<T> where T : unmanaged
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Lanes hold float or double, not {typeof(T).Name}; convert the numbers first.");
        var job = new Job<TBody, T>(body, items, each);
        Team.Run((int)(((long)items + each - 1) / each), ref job);
    }

    private struct Job<TBody, T>(TBody body, int items, int each) : IJob where TBody : struct, IItems<T> where T : unmanaged
    {
        private TBody _body = body;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int chunk)
        {
            int from = chunk * each, to = Math.Min(items, from + each);
            switch (Lanes.Width)
            {
                case 512: _body.Run<W512<T>>(from, to); break;
                case 256: _body.Run<W256<T>>(from, to); break;
                case 128: _body.Run<W128<T>>(from, to); break;
                default: _body.Run<W1<T>>(from, to); break;
            }
        }
    }
}
