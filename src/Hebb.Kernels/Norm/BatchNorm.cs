namespace Hebb.Kernels;

/// <summary>
/// Batch normalization of each channel (Ioffe and Szegedy, 2015): y = γ (x - μ) / √(σ² + ε) + β, with μ and σ² over all numbers of the
/// channel. Results depend on the grid, not on the number of threads or the lane width.
/// </summary>
internal static unsafe class BatchNorm
{
    /// <summary>
    /// Mean and biased variance of every channel, and y = γ (x - μ) / √(σ² + ε) + β. The variance is taken part by part about the part's
    /// mean, and corrected for the rounding of the means (Chan, Golub and LeVeque, 1983).
    /// </summary>
    /// <param name="grid">Where the channels lie, in x and y alike.</param>
    /// <param name="x">The input.</param>
    /// <param name="gamma">γ, one number a channel.</param>
    /// <param name="beta">β, one number a channel.</param>
    /// <param name="epsilon">ε, added to the variance inside the root.</param>
    /// <param name="y">The output.</param>
    /// <param name="mean">Receives μ.</param>
    /// <param name="variance">Receives σ², divided by the count.</param>
    /// <param name="inverse">Receives 1 / √(σ² + ε).</param>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Train<T>(
        in ChannelGrid grid, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon,
        Span<T> y, Span<T> mean, Span<T> variance, Span<T> inverse) where T : unmanaged =>
        Train(grid, x, gamma, beta, epsilon, default(FirstOfPair<NoActivation>), default, y, mean, variance, inverse);

    /// <summary>As the other, with y = f(γ (x - μ) / √(σ² + ε) + β, other).</summary>
    /// <param name="grid">Where the channels lie, in x, other and y alike.</param>
    /// <param name="x">The input.</param>
    /// <param name="gamma">γ, one number a channel.</param>
    /// <param name="beta">β, one number a channel.</param>
    /// <param name="epsilon">ε, added to the variance inside the root.</param>
    /// <param name="f">The function.</param>
    /// <param name="other">The second operand of f, or nothing when f does not use it.</param>
    /// <param name="y">The output.</param>
    /// <param name="mean">Receives μ.</param>
    /// <param name="variance">Receives σ², divided by the count.</param>
    /// <param name="inverse">Receives 1 / √(σ² + ε).</param>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Train<T, F>(
        in ChannelGrid grid, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, double epsilon, F f, ReadOnlySpan<T> other,
        Span<T> y, Span<T> mean, Span<T> variance, Span<T> inverse) where T : unmanaged where F : struct, IBinaryLane
    {
        Check(grid, x.Length, y.Length, gamma.Length, beta.Length);
        grid.CheckChannels(nameof(mean), mean.Length);
        grid.CheckChannels(nameof(variance), variance.Length);
        grid.CheckChannels(nameof(inverse), inverse.Length);
        if (!other.IsEmpty) grid.Check(nameof(other), other.Length);
        if (grid.Length == 0)
        {
            mean.Clear();
            variance.Clear();
            inverse.Clear();
            return;
        }
        int channels = grid.Channels;
        T* work = Scratch.Get<T>(ScratchUse.NormChannels, 3L * channels);
        T* drift = work, squares = work + channels, scale = squares + channels;
        fixed (T* px = x, pg = gamma, pb = beta, po = other, py = y, pm = mean, pv = variance, pi = inverse)
        {
            ChannelMoments<T>.Run(grid, px, pm, drift, squares);
            W1<T> count = W1<T>.Of(grid.Count), one = W1<T>.Of(1), eps = W1<T>.Of(epsilon);
            for (int c = 0; c < channels; c++)
            {
                W1<T> d = W1<T>.Load(drift + c), v = W1<T>.Max((W1<T>.Load(squares + c) - d * d / count) / count, W1<T>.Of(0));
                W1<T> i = one / W1<T>.Sqrt(v + eps);
                W1<T>.Store(pm + c, W1<T>.Load(pm + c) + d / count);
                W1<T>.Store(pv + c, v);
                W1<T>.Store(pi + c, i);
                if (FarMoments.AreNeeded(i))
                {
                    T* first = px + ((long)c * grid.ChannelStride);
                    FarMoments.Run(first, grid.Runs, grid.RunLength, grid.RunStride, epsilon, pm + c, pv + c, pi + c);
                }
                W1<T>.Store(scale + c, W1<T>.Load(pi + c) * W1<T>.Load(pg + c));
            }
            Normalized<F> map = new(f);
            if (other.IsEmpty) ChannelMap<T>.Run(map, grid, px, default(NoSource<T>), pm, scale, pb, pb, py);
            else ChannelMap<T>.Run(map, grid, px, new ArraySource<T>(po, other.Length), pm, scale, pb, pb, py);
        }
    }

    /// <summary>y = γ (x - μ) / √(σ² + ε) + β with given μ and σ².</summary>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Infer<T>(
        in ChannelGrid grid, ReadOnlySpan<T> x, ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance,
        double epsilon, Span<T> y) where T : unmanaged
    {
        Check(grid, x.Length, y.Length, gamma.Length, beta.Length);
        grid.CheckChannels(nameof(mean), mean.Length);
        grid.CheckChannels(nameof(variance), variance.Length);
        if (grid.Length == 0) return;
        T* scale = Scratch.Get<T>(ScratchUse.NormChannels, grid.Channels);
        fixed (T* px = x, pg = gamma, pb = beta, py = y, pm = mean, pv = variance)
        {
            W1<T> one = W1<T>.Of(1), eps = W1<T>.Of(epsilon);
            for (int c = 0; c < grid.Channels; c++)
                W1<T>.Store(scale + c, one / W1<T>.Sqrt(W1<T>.Load(pv + c) + eps) * W1<T>.Load(pg + c));
            ChannelMap<T>.Run(default(Normalized<FirstOfPair<NoActivation>>), grid, px, default(NoSource<T>), pm, scale, pb, pb, py);
        }
    }

    /// <summary>
    /// dγ = Σ dy x̂, dβ = Σ dy, dx = γ / √(σ² + ε) · (dy - dβ / n - x̂ dγ / n), where x̂ = (x - μ) / √(σ² + ε) and n is the count of a
    /// channel.
    /// </summary>
    /// <param name="grid">Where the channels lie, in x, dy and dx alike.</param>
    /// <param name="x">The input.</param>
    /// <param name="dy">The gradient of the output.</param>
    /// <param name="gamma">γ, one number a channel.</param>
    /// <param name="mean">μ.</param>
    /// <param name="inverse">1 / √(σ² + ε).</param>
    /// <param name="dx">Receives the gradient of the input.</param>
    /// <param name="dgamma">Receives the gradient of γ.</param>
    /// <param name="dbeta">Receives the gradient of β.</param>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Backward<T>(
        in ChannelGrid grid, ReadOnlySpan<T> x, ReadOnlySpan<T> dy, ReadOnlySpan<T> gamma, ReadOnlySpan<T> mean, ReadOnlySpan<T> inverse,
        Span<T> dx, Span<T> dgamma, Span<T> dbeta) where T : unmanaged =>
        Backward(grid, x, default(X0), dy, dy, gamma, mean, inverse, dx, dgamma, dbeta);

    /// <summary>As the other, with the gradient dy of the output computed from two operands wherever it is read.</summary>
    /// <param name="grid">Where the channels lie, in x, the operands and dx alike.</param>
    /// <param name="x">The input.</param>
    /// <param name="dy">The expression of the gradient of the output.</param>
    /// <param name="first">Its first operand.</param>
    /// <param name="second">Its second operand; the first when it has but one.</param>
    /// <param name="gamma">γ, one number a channel.</param>
    /// <param name="mean">μ.</param>
    /// <param name="inverse">1 / √(σ² + ε).</param>
    /// <param name="dx">Receives the gradient of the input.</param>
    /// <param name="dgamma">Receives the gradient of γ.</param>
    /// <param name="dbeta">Receives the gradient of β.</param>
    /// <exception cref="ArgumentException">A length does not fit the grid.</exception>
    public static void Backward<T, E>(
        in ChannelGrid grid, ReadOnlySpan<T> x, E dy, ReadOnlySpan<T> first, ReadOnlySpan<T> second, ReadOnlySpan<T> gamma,
        ReadOnlySpan<T> mean, ReadOnlySpan<T> inverse, Span<T> dx, Span<T> dgamma, Span<T> dbeta)
        where T : unmanaged where E : struct, ILaneExpression
    {
        Check(grid, x.Length, dx.Length, gamma.Length, dbeta.Length);
        grid.Check(nameof(first), first.Length);
        grid.Check(nameof(second), second.Length);
        grid.CheckChannels(nameof(mean), mean.Length);
        grid.CheckChannels(nameof(inverse), inverse.Length);
        grid.CheckChannels(nameof(dgamma), dgamma.Length);
        if (grid.Length == 0)
        {
            dgamma.Clear();
            dbeta.Clear();
            return;
        }
        int channels = grid.Channels;
        T* work = Scratch.Get<T>(ScratchUse.NormChannels, 3L * channels);
        T* scale = work, shift = work + channels, slope = shift + channels;
        fixed (T* px = x, p0 = first, p1 = second, pg = gamma, pm = mean, pi = inverse, pdx = dx, pdg = dgamma, pdb = dbeta)
        {
            ComputedSource<T, E> gradient = new(dy, p0, p1, grid.Length);
            ChannelReduction<T>.Run<GradientSums, ComputedSource<T, E>>(grid, px, gradient, pm, pi, pdb, pdg);
            W1<T> count = W1<T>.Of(grid.Count);
            for (int c = 0; c < channels; c++)
            {
                W1<T> i = W1<T>.Load(pi + c);
                W1<T>.Store(scale + c, i * W1<T>.Load(pg + c));
                W1<T>.Store(shift + c, W1<T>.Load(pdb + c) / count);
                W1<T>.Store(slope + c, i * W1<T>.Load(pdg + c) / count);
            }
            ChannelMap<T>.Run(default(NormalizedGradient), grid, px, gradient, pm, scale, shift, slope, pdx);
        }
    }

    private static void Check(in ChannelGrid grid, int x, int y, int gamma, int beta)
    {
        grid.Check("the input", x);
        grid.Check("the output", y);
        grid.CheckChannels("gamma", gamma);
        grid.CheckChannels("beta", beta);
    }
}
