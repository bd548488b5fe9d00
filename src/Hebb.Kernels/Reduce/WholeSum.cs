namespace Hebb.Kernels;

/// <summary>Sums of whole numbers over some axes of an array; they wrap around beyond 64 bits.</summary>
internal static class WholeSum
{
    /// <summary>y[i] = Σ x[i, j] over all j</summary>
    /// <param name="keptShape">The sizes of the axes that stay.</param>
    /// <param name="keptStrides">The strides of x along them.</param>
    /// <param name="goneShape">The sizes of the axes that are summed.</param>
    /// <param name="goneStrides">The strides of x along them.</param>
    /// <param name="x">The numbers.</param>
    /// <param name="y">The sums, row-major over the axes that stay.</param>
    public static void Run(
        in Dims keptShape, in Dims keptStrides, in Dims goneShape, in Dims goneStrides, ReadOnlySpan<long> x,
        Span<long> y)
    {
        int place = 0;
        for (Odometer at = new(keptShape, keptStrides, keptStrides, keptStrides); at.HasRow; at.Next())
        {
            for (int i = 0; i < at.Length; i++) y[place++] = Sum(at.A + (i * at.StepA), goneShape, goneStrides, x);
        }
    }

    private static long Sum(int from, in Dims shape, in Dims strides, ReadOnlySpan<long> x)
    {
        long sum = 0;
        for (Odometer at = new(shape, strides, strides, strides); at.HasRow; at.Next())
        {
            for (int i = 0; i < at.Length; i++) sum += x[from + at.A + (i * at.StepA)];
        }
        return sum;
    }
}
