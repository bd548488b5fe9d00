using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A normalization with given statistics of each output channel of a convolution, y = γ (v - μ) / √(σ² + ε) + β, done to the finished
/// sums in the arithmetic of <see cref="BatchNorm.Infer{T}"/>, so that both give the same bits. The default normalizes nothing.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="gamma">γ, one number for each output channel.</param>
/// <param name="beta">β, as long as γ.</param>
/// <param name="mean">μ, as long as γ.</param>
/// <param name="variance">σ², as long as γ.</param>
/// <param name="epsilon">ε, added to the variance inside the root.</param>
internal readonly ref struct ChannelNormalization<T>(
    ReadOnlySpan<T> gamma, ReadOnlySpan<T> beta, ReadOnlySpan<T> mean, ReadOnlySpan<T> variance, double epsilon) where T : unmanaged
{
    private readonly ReadOnlySpan<T> _gamma = gamma, _beta = beta, _mean = mean, _variance = variance;
    private readonly double _epsilon = epsilon;

    /// <summary>The numbers that the kernels use, in working memory; checks the lengths.</summary>
    internal unsafe ChannelScale<T> Prepare(int channels)
    {
        if (_gamma.IsEmpty && _beta.IsEmpty && _mean.IsEmpty && _variance.IsEmpty) return default;
        ConvCheck.Length("gamma", _gamma.Length, channels);
        ConvCheck.Length("beta", _beta.Length, channels);
        ConvCheck.Length("mean", _mean.Length, channels);
        ConvCheck.Length("variance", _variance.Length, channels);
        // A register may be read from any channel on.
        int lanes = VirtualLanes.Count<T>(), each = (channels + (2 * lanes) - 1) / lanes * lanes;
        T* work = Scratch.Get<T>(ScratchUse.ConvScale, 4L * each);
        new Span<T>(work, 4 * each).Clear();
        _mean.CopyTo(new Span<T>(work, channels));
        _gamma.CopyTo(new Span<T>(work + each, channels));
        _beta.CopyTo(new Span<T>(work + (2 * each), channels));
        _variance.CopyTo(new Span<T>(work + (3 * each), channels));
        var scaling = new Scaling { Scale = work + each, Variance = work + (3 * each), Count = each, Epsilon = _epsilon };
        Lanes.Run<Scaling, T>(ref scaling);
        return new ChannelScale<T>(work, work + each, work + (2 * each));
    }

    /// <summary>γ / √(σ² + ε) in place of γ.</summary>
    private unsafe struct Scaling : IWidthBody<T>
    {
        public T* Scale, Variance;
        public int Count;
        public double Epsilon;

        public readonly void Run<V>() where V : struct, ILane<V, T>
        {
            V one = V.Of(1), eps = V.Of(Epsilon);
            for (int i = 0; i < Count; i += V.Count)
                V.Store(Scale + i, one / V.Sqrt(V.Load(Variance + i) + eps) * V.Load(Scale + i));
        }
    }
}

/// <summary>(v - mean) · scale + shift of the channel of v; nothing where there is no mean.</summary>
internal readonly unsafe struct ChannelScale<T>(T* mean, T* scale, T* shift) where T : unmanaged
{
    private readonly T* _mean = mean, _scale = scale, _shift = shift;

    /// <summary>Whether there is anything to do.</summary>
    public bool IsNeeded { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => _mean != null; }

    /// <summary>Lanes of neighboring channels, from one on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of<V>(V v, int channel) where V : struct, ILane<V, T> =>
        IsNeeded ? Normalized.Of(v, V.Load(_mean + channel), V.Load(_scale + channel), V.Load(_shift + channel)) : v;

    /// <summary>
    /// One register of neighboring channels in each of several pixels, in place, and then the activation, whose second operand lies
    /// <paramref name="other"/> behind.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AcrossPixels<V, A>(T* pixels, int* at, int count, int channel, A activation, nint other)
        where V : struct, ILane<V, T> where A : struct, IBinaryLane
    {
        if (!IsNeeded)
        {
            for (int i = 0; i < count; i++)
            {
                T* y = pixels + at[i];
                V.Store(y, Activation<V, T, A>.Of(activation, V.Load(y), y + other));
            }
            return;
        }
        V p = V.Load(_mean + channel), q = V.Load(_scale + channel), r = V.Load(_shift + channel);
        for (int i = 0; i < count; i++)
        {
            T* y = pixels + at[i];
            V.Store(y, Activation<V, T, A>.Of(activation, Normalized.Of(V.Load(y), p, q, r), y + other));
        }
    }

    /// <summary>Numbers of one channel that lie side by side, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AlongChannel<V>(T* y, int channel, int count) where V : struct, ILane<V, T>
    {
        V p = V.Broadcast(_mean + channel), q = V.Broadcast(_scale + channel), r = V.Broadcast(_shift + channel);
        int i = 0;
        for (; i <= count - V.Count; i += V.Count) V.Store(y + i, Normalized.Of(V.Load(y + i), p, q, r));
        if (i < count) AlongChannel<W1<T>>(y + i, channel, count - i);
    }
}
