using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>
/// Combines sums [chunk][number][virtual lane]: chunks pairwise, ((0 + 1) + (2 + 3)) + …, then lanes by halves, lane i with lane
/// i + 8, then i + 4, i + 2 and i + 1.
/// </summary>
internal unsafe struct LaneSums<T> : IJob where T : unmanaged
{
    private const int Block = 256;

    private T* _sums, _numbers;
    private int _chunks, _length;
    private nint _apart;

    /// <summary>Combines; the sums are used up. Chunks lie <paramref name="apart"/> numbers apart.</summary>
    public static void Combine(T* sums, int chunks, long apart, long length, T* numbers)
    {
        var job = new LaneSums<T> { _sums = sums, _numbers = numbers, _chunks = chunks, _length = (int)length, _apart = (nint)apart };
        Team.Run((int)((length + Block - 1) / Block), ref job);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int lanes = Vector512<T>.Count;
        nint first = (nint)chunk * Block, last = Math.Min(_length, first + Block), apart = _apart * lanes;
        for (int step = 1; step < _chunks; step *= 2)
        {
            for (int a = 0; a + step < _chunks; a += 2 * step)
            {
                T* into = _sums + (a * apart), from = _sums + ((a + step) * apart);
                for (nint i = first * lanes; i < last * lanes; i += lanes)
                    (Vector512.Load(into + i) + Vector512.Load(from + i)).Store(into + i);
            }
        }
        for (nint i = first; i < last; i++)
        {
            Vector512<T> all = Vector512.Load(_sums + (i * lanes));
            Vector256<T> half = all.GetLower() + all.GetUpper();
            Vector128<T> quarter = half.GetLower() + half.GetUpper();
            if (typeof(T) == typeof(double)) ((double*)_numbers)[i] = quarter.AsDouble()[0] + quarter.AsDouble()[1];
            else
            {
                Vector128<float> pairs = quarter.AsSingle() + Vector128.Shuffle(quarter.AsSingle(), Vector128.Create(2, 3, 0, 1));
                ((float*)_numbers)[i] = pairs[0] + pairs[1];
            }
        }
    }
}
