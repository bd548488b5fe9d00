using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Moves numbers of any type between layouts: contiguous copies, slices, broadcasts and permutations of axes.</summary>
internal static unsafe class Copy
{
    /// <summary>y = x over a loop of x and y, which may broadcast x. Permuted axes are copied block by block.</summary>
    /// <typeparam name="T">Any type without references.</typeparam>
    /// <param name="loop">The loop over x and y.</param>
    /// <param name="x">The input; it may not overlap the output.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Strided<T>(in Loop loop, ReadOnlySpan<T> x, Span<T> y) where T : unmanaged
    {
        loop.Check(x.Length, y.Length);
        if (loop.Count == 0) return;
        Loop outer;
        fixed (Loop* over = &loop)
        fixed (T* px = x, py = y)
        {
            PlaneCopy<T> job = new(over, &outer, px + over->Start(0), py + over->Start(1));
            if (loop.Count >= Sweep.Shared) Team.Run(job.Chunks, ref job);
            else for (int chunk = 0; chunk < job.Chunks; chunk++) job.Run(chunk);
        }
    }

    /// <summary>y = value over a loop of y alone.</summary>
    /// <typeparam name="T">Any type without references.</typeparam>
    /// <param name="loop">The loop over y.</param>
    /// <param name="value">The value.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">The array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Fill<T>(in Loop loop, T value, Span<T> y) where T : unmanaged
    {
        loop.Check(y.Length);
        if (loop.Count == 0) return;
        fixed (Loop* over = &loop)
        fixed (T* py = y)
        {
            int row = over->Sizes[over->Rank - 1];
            nint step = over->Step(0, over->Rank - 1);
            Place place = new(over, 1, 0);
            for (int at = 0; at < over->Count; at += row, place.Advance(over, 1, 0, 1))
            {
                T* to = py + over->Start(0) + place.Offsets[0];
                if (step == 1) new Span<T>(to, row).Fill(value);
                else for (nint i = 0; i < row; i++) to[i * step] = value;
            }
        }
    }
}
