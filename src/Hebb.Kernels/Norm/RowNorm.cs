namespace Hebb.Kernels;

/// <summary>
/// Normalization of each row by itself: y = γ (x - μ) / √(σ² + ε) + β with μ and the biased variance σ² of the row, which serves layer
/// normalization (Ba, Kiros and Hinton, 2016) and group normalization (Wu and He, 2018). Results depend on the grid, not on the number
/// of threads or the lane width.
/// </summary>
internal static unsafe class RowNorm
{
    /// <summary>About how many numbers of rows stay in the first-level cache between the passes over them.</summary>
    internal const int NearNumbers = 4096;

    /// <summary>y = γ (x - μ) / √(σ² + ε) + β; the variance is corrected for the rounding of the mean.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="grid">The rows of x and y.</param>
    /// <param name="x">The input.</param>
    /// <param name="gamma">γ, one number for each channel of a sample; empty for 1.</param>
    /// <param name="beta">β, as long as γ.</param>
    /// <param name="epsilon">ε, added to the variance inside the root.</param>
    /// <param name="y">The output.</param>
    /// <param name="mean">Receives μ of each row.</param>
    /// <param name="inverse">Receives 1 / √(σ² + ε) of each row.</param>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Forward<T>(
        in RowGrid grid, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon,
        Span<T> y, Span<T> mean, Span<T> inverse)
        where T : unmanaged
    {
        Check(grid, x.Length, y.Length, gamma.Length, mean.Length, inverse.Length);
        grid.Check(nameof(beta), beta.Length, gamma.Length);
        if (grid.Length == 0)
        {
            mean.Clear();
            inverse.Clear();
            return;
        }
        fixed (T* px = x, pg = gamma, pb = beta, py = y, pm = mean, pi = inverse)
            Items.Run<RowNormForward<T>, T>(new(grid, px, pg, pb, epsilon, py, pm, pi), grid.Rows, Each(grid.RowLength));
    }

    /// <summary>
    /// dx = (g - c - x̂ d) / √(σ² + ε) with g = γ dy, x̂ = (x - μ) / √(σ² + ε) and the means c of g and d of g x̂ over the row; dγ = Σ
    /// dy x̂ and dβ = Σ dy over the numbers that share a γ.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="grid">The rows of x, dy and dx.</param>
    /// <param name="x">The input.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="gamma">γ; empty for 1.</param>
    /// <param name="mean">μ of each row.</param>
    /// <param name="inverse">1 / √(σ² + ε) of each row.</param>
    /// <param name="dx">Receives the gradient of the input.</param>
    /// <param name="dgamma">Receives the gradient of γ; as long as γ.</param>
    /// <param name="dbeta">Receives the gradient of β; as long as γ.</param>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Backward<T>(
        in RowGrid grid, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> gamma, ReadOnlySpan<T> mean, ReadOnlySpan<T> inverse,
        Span<T> dx, Span<T> dgamma, Span<T> dbeta) where T : unmanaged
    {
        Check(grid, x.Length, dx.Length, gamma.Length, mean.Length, inverse.Length);
        grid.Check(nameof(dy), dy.Length, grid.Length);
        grid.Check(nameof(dgamma), dgamma.Length, gamma.Length);
        grid.Check(nameof(dbeta), dbeta.Length, gamma.Length);
        if (grid.Length == 0)
        {
            dgamma.Clear();
            dbeta.Clear();
            return;
        }
        fixed (T* px = x, pdy = dy, pg = gamma, pm = mean, pi = inverse, pdx = dx)
        {
            RowNormOperands<T> operands = new(grid, px, pdy, pg, pm, pi, pdx);
            if (gamma.IsEmpty || grid.RunLength == 1) RowNormBackward<T>.Run(operands, dgamma, dbeta);
            else RunNormBackward<T>.Run(operands, dgamma, dbeta);
        }
    }

    /// <summary>How many rows a thread takes at a time.</summary>
    internal static int Each(int rowLength) => Math.Max(1, Items.Chunk / rowLength);

    private static void Check(in RowGrid grid, int x, int y, int gamma, int mean, int inverse)
    {
        grid.Check("the input", x, grid.Length);
        grid.Check("its counterpart", y, grid.Length);
        if (gamma != 0) grid.Check("gamma", gamma, grid.Parameters);
        grid.Check("mean", mean, grid.Rows);
        grid.Check("inverse", inverse, grid.Rows);
    }
}

/// <summary>What the gradient of a normalization over rows reads and writes.</summary>
internal unsafe readonly struct RowNormOperands<T>(in RowGrid grid, T* x, T* dy, T* gamma, T* mean, T* inverse, T* dx) where T : unmanaged
{
    public readonly RowGrid Grid = grid;
    public readonly T* X = x, Dy = dy, Gamma = gamma, Mean = mean, Inverse = inverse, Dx = dx;
}
