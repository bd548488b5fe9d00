using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of weights and bias by <see cref="Winograd"/>: dw = Gᵀ[Σ (A dy Aᵀ) ⊙ (Bᵀ x B)]G, the sum running over tiles. A
/// chunk transforms some input channels of a block of tiles, and then one panel of output channels after the other, whose products with
/// them are one matrix product for each of the 36 places. Blocks of tiles are added up in order, parts of several blocks in a fixed tree.
/// </summary>
internal readonly unsafe struct WinogradGradient<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    // Matrices a power of two apart would share the sets of the cache.
    private const int Gap = 16;

    private readonly WinogradWeightPlan<T> _p;
    private readonly TiledStack<T> _x, _dy;
    private readonly T* _zeros, _sums;
    private readonly int _panelParts;

    /// <summary>Makes the job that writes the sums of all parts.</summary>
    public WinogradGradient(WinogradWeightPlan<T> plan, T* x, T* dy, T* zeros, T* sums)
    {
        _p = plan;
        (_x, _dy) = (plan.X, plan.Dy);
        _x.Data = x;
        _dy.Data = dy;
        _zeros = zeros;
        _sums = sums;
        // How channels are cut does not change the sums.
        int chunks = checked(plan.Shape.Groups * plan.Parts * plan.ChannelParts), enough = Team.Threads > 1 ? 2 * Team.Threads : 1;
        _panelParts = 1;
        while (chunks * _panelParts < enough && _panelParts < plan.Panels) _panelParts++;
        Chunks = checked(chunks * _panelParts);
    }

    /// <summary>The number of chunks.</summary>
    public int Chunks { get; }

    // A part from i·n/count on for each i, as equal as can be.
    private static (int First, int End) Share(int part, int n, int count) =>
        ((int)((long)n * part / count), (int)((long)n * (part + 1) / count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        var (firstPanel, lastPanel) = Share(chunk % _panelParts, _p.Panels, _panelParts);
        chunk /= _panelParts;
        bool first = chunk % _p.ChannelParts == 0;
        var (channel, lastChannel) = Share(chunk % _p.ChannelParts, _p.Channels, _p.ChannelParts);
        chunk /= _p.ChannelParts;
        var (firstBlock, lastBlock) = Share(chunk % _p.Parts, _p.Blocks, _p.Parts);
        int group = chunk / _p.Parts, channels = lastChannel - channel, width = WinogradWeights<T>.Width;
        T* sums = _sums + ((chunk % _p.Parts) * _p.PartLength) + (group * _p.Panels * _p.PanelLength);

        int most = (_p.TileCount + _p.Blocks - 1) / _p.Blocks;
        nint patchStep = ((nint)most * channels) + Gap, gradientStep = ((nint)most * width) + Gap;
        nint productStep = ((nint)channels * width) + Gap;
        T* patches = Scratch.Get<T>(ScratchUse.WinogradPatches, Winograd.Places * patchStep);
        T* gradients = Scratch.Get<T>(ScratchUse.WinogradWeights, Winograd.Places * gradientStep);
        T* products = Scratch.Get<T>(ScratchUse.WinogradProducts, Winograd.Places * productStep);
        T* memory = Scratch.Get<T>(ScratchUse.WinogradTile, Winograd.Places * (nint)channels);
        for (int block = firstBlock; block < lastBlock; block++)
        {
            var (tile, lastTile) = Share(block, _p.TileCount, _p.Blocks);
            int tiles = lastTile - tile;
            Patches((group * _p.Channels) + channel, channels, tile, tiles, patches, patchStep, memory);
            for (int panel = firstPanel; panel < lastPanel; panel++)
            {
                T* to = sums + (panel * _p.PanelLength);
                Gradients(group, panel, tile, tiles, gradients, gradientStep, memory);
                if (_p.Problem.HasBias && first) Bias(group, panel, tile, tiles, to + (9L * _p.Channels * width), block > firstBlock);
                Products(channels, tiles, patches, patchStep, gradients, gradientStep, products, productStep);
                to += channel * width;
                for (int at = 0; at < channels * width; at += V.Count)
                    WinogradTransform<V, T>.WeightGradient(products + at, productStep, to + at, (nint)_p.Channels * width,
                        block > firstBlock, memory);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Patches(int channel, int channels, int first, int tiles, T* to, nint step, T* memory)
    {
        T** pixels = stackalloc T*[Winograd.Places];
        for (int t = 0; t < tiles; t++, to += channels)
        {
            _x.Square(first + t, Winograd.Patch, _zeros, pixels);
            WinogradTransform<V, T>.Input(pixels, channel, channels, to, step, memory);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gradients(int group, int panel, int first, int tiles, T* to, nint step, T* memory)
    {
        int width = WinogradWeights<T>.Width, out0 = (group * _p.Outs) + (panel * width),
            valid = Math.Min(width, _p.Outs - (panel * width));
        T** pixels = stackalloc T*[Winograd.Tile * Winograd.Tile];
        for (int t = 0; t < tiles; t++, to += width)
        {
            _dy.Square(first + t, Winograd.Tile, _zeros, pixels);
            int whole = valid - (valid % V.Count);
            WinogradTransform<V, T>.OutputGradient(pixels, out0, whole, to, step, memory);
            if (whole < valid) WinogradTransform<W1<T>, T>.OutputGradient(pixels, out0 + whole, valid - whole, to + whole, step, memory);
        }
    }

    // The gradient of the bias: the sum of the output's.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Bias(int group, int panel, int first, int tiles, T* to, bool add)
    {
        int width = WinogradWeights<T>.Width, out0 = (group * _p.Outs) + (panel * width),
            valid = Math.Min(width, _p.Outs - (panel * width));
        T** pixels = stackalloc T*[Winograd.Tile * Winograd.Tile];
        if (!add) new Span<T>(to, width).Clear();
        for (int t = 0; t < tiles; t++)
        {
            _dy.Square(first + t, Winograd.Tile, _zeros, pixels);
            int lane = 0;
            for (; lane <= valid - V.Count; lane += V.Count) AddPixels<V>(pixels, out0 + lane, to + lane);
            for (; lane < valid; lane++) AddPixels<W1<T>>(pixels, out0 + lane, to + lane);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddPixels<W>(T** pixels, int channel, T* to) where W : struct, ILane<W, T>
    {
        W sum = W.Load(pixels[0] + channel);
        for (int i = 1; i < Winograd.Tile * Winograd.Tile; i++) sum += W.Load(pixels[i] + channel);
        W.Store(to, W.Load(to) + sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Products(
        int channels, int tiles, T* patches, nint patchStep, T* gradients, nint gradientStep, T* products, nint productStep)
    {
        int width = WinogradWeights<T>.Width, parts = (channels + GemmTiles<V, T>.MaxRows - 1) / GemmTiles<V, T>.MaxRows;
        for (int place = 0; place < Winograd.Places; place++, patches += patchStep, gradients += gradientStep, products += productStep)
        {
            for (int part = 0; part < parts; part++)
            {
                var (channel, end) = Share(part, channels, parts);
                for (int lane = 0; lane < width; lane += 2 * V.Count)
                {
                    GemmTiles<V, T>.Run(
                        end - channel, 2, tiles, patches + channel, 1, channels, gradients + lane, width,
                        products + (channel * width) + lane, width, false);
                }
            }
        }
    }
}
