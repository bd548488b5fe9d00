using System.Buffers;

namespace Hebb.Kernels;

/// <summary>Reductions over some axes of an array: sums, products and extremes.</summary>
/// <remarks>
/// Results do not depend on the lane width or on the number of threads: numbers are taken in the order of memory, dealt to 16 (float) or 8
/// (double) virtual lanes in four rounds, in blocks of about 4096, and joined in a fixed tree, a function of shapes and strides alone.
/// </remarks>
public static unsafe class Reduce
{
    /// <summary>yₖ = finish(gathered xₖᵣ over all r)</summary>
    /// <typeparam name="TRed">The reducer, such as <see cref="SumLane"/>.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="keptShape">The sizes of the axes that stay.</param>
    /// <param name="keptStrides">The strides of x along them.</param>
    /// <param name="reducedShape">The sizes of the axes that go; where one is 0 there are no numbers.</param>
    /// <param name="reducedStrides">The strides of x along them.</param>
    /// <param name="x">The input, from its lowest address on.</param>
    /// <param name="y">The output, row by row over the axes that stay; it may not overlap the input.</param>
    /// <exception cref="ArgumentException">An array is shorter than the shapes need, or strides and shapes differ in length.</exception>
    public static void Run<TRed, T>(
        in Dims keptShape, in Dims keptStrides, in Dims reducedShape, in Dims reducedStrides, ReadOnlySpan<T> x, Span<T> y)
        where TRed : struct, IReduceLane<TRed> where T : unmanaged
    {
        Pass.Supports<T>();
        Loop gone = Loop.Over(reducedShape, [reducedStrides], 0);
        Loop kept = Loop.Over(keptShape, [keptStrides, Dims.RowMajor(keptShape)], FoldJob.IsAlong(gone) ? 1 : 0);
        Check(kept, gone, x.Length, y.Length);
        if (kept.Count == 0) return;
        FoldPass pass = Fold<TRed, T>.Choose();
        fixed (T* px = x, py = y)
        {
            if (gone.Count == 0)
            {
                pass.Finish(null, (byte*)py, sizeof(T), kept.Count);
                return;
            }
            FoldJob job = new(&kept, &gone, pass, (byte*)px, (byte*)(px + x.Length), (byte*)py);
            byte[] partials = job.PartialBytes == 0 ? [] : ArrayPool<byte>.Shared.Rent(checked((int)job.PartialBytes));
            fixed (byte* pp = partials)
            {
                job.Partials = pp;
                if ((long)kept.Count * gone.Count >= Sweep.Shared) Team.Run(job.Chunks, ref job);
                else for (int chunk = 0; chunk < job.Chunks; chunk++) job.Run(chunk);
                job.JoinGroups();
            }
            if (partials.Length > 0) ArrayPool<byte>.Shared.Return(partials);
        }
    }

    private static void Check(in Loop kept, in Loop gone, int inputs, int outputs)
    {
        if (outputs < kept.Count)
            throw new ArgumentException($"The output has {outputs} elements and the axes that stay have {kept.Count}; give a longer one.");
        long reach = kept.Count == 0 || gone.Count == 0 ? 0 : (long)kept.Reach(0) + gone.Reach(0) - 1;
        if (inputs < reach)
            throw new ArgumentException($"The input has {inputs} elements and its strides reach {reach}; give a longer array.");
    }
}
