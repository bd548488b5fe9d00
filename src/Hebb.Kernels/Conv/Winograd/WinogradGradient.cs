using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of weights and bias by way of <see cref="Winograd"/>: dw = Gᵀ[Σ (A dy Aᵀ) ⊙ (Bᵀ x B)]G, the sum running over tiles. A chunk
/// transforms some input channels of a block of tiles, and then one panel of output channels after the other, whose products with them are one matrix
/// product for each of the 36 places. Blocks of tiles are added up in order, parts of several blocks in a fixed tree.
/// </summary>
internal unsafe struct WinogradGradient<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    // Transformed, so many tiles of so many input channels and of one panel, and their products, stay in the second-level cache.
    private const int BlockTiles = 128;
    private const int MostChannels = 64;

    // Parts whose sums are kept apart: enough for all threads, unless the sums take too much memory.
    private const int MostParts = 16;
    private const long MostSumBytes = 32 << 20;

    // Matrices a power of two apart would share the sets of the cache.
    private const int Gap = 16;

    private TiledStack<T> _x, _dy;
    private T* _zeros, _sums;
    private int _channels, _outs, _panels, _tiles, _blocks, _parts, _channelParts, _panelParts;
    private long _panelLength, _partLength;
    private bool _bias;

    /// <summary>Computes the gradient of the weights, and of the bias unless <paramref name="db"/> is null.</summary>
    public static void Go(in ConvShape s, in TiledStack<T> x, in TiledStack<T> dy, T* dw, T* db)
    {
        var job = new WinogradGradient<V, T>
        {
            _x = x,
            _dy = dy,
            _channels = s.C / s.Groups,
            _outs = s.OutC / s.Groups,
            _panels = WinogradWeights<T>.PanelCount(s.OutC / s.Groups),
            _tiles = s.N * x.TilesHigh * x.TilesWide,
            _bias = db != null,
        };
        int chunks = job.Cut(s.Groups);
        job._sums = Scratch.Get<T>(ScratchUse.ConvSums, job._parts * job._partLength);
        int zeros = Math.Max(s.C, s.OutC);
        job._zeros = Scratch.Get<T>(ScratchUse.WinogradZeros, zeros);
        new Span<T>(job._zeros, zeros).Clear();
        Team.Run(chunks, ref job);
        WeightSums<T>.ToWeights(s, job._sums, job._parts, WinogradWeights<T>.Width, dw, db);
    }

    // Blocks and parts of tiles depend on the shape alone; how channels are cut has no say in the sums.
    private int Cut(int groups)
    {
        _panelLength = ((9L * _channels) + (_bias ? 1 : 0)) * WinogradWeights<T>.Width;
        _partLength = groups * _panels * _panelLength;
        _blocks = (_tiles + BlockTiles - 1) / BlockTiles;
        _parts = (int)Math.Clamp(MostSumBytes / (_partLength * sizeof(T)), 1, Math.Min(MostParts, _blocks));
        _channelParts = (_channels + MostChannels - 1) / MostChannels;
        _panelParts = 1;
        int apart = checked(groups * _parts * _channelParts), enough = Team.Threads > 1 ? 2 * Team.Threads : 1;
        while (apart * _panelParts < enough && _panelParts < _panels) _panelParts++;
        return checked(apart * _panelParts);
    }

    // A part from i·n/count on for each i, as equal as can be.
    private static (int First, int End) Share(int part, int n, int count) => ((int)((long)n * part / count), (int)((long)n * (part + 1) / count));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        var (firstPanel, lastPanel) = Share(chunk % _panelParts, _panels, _panelParts);
        chunk /= _panelParts;
        bool first = chunk % _channelParts == 0;
        var (channel, lastChannel) = Share(chunk % _channelParts, _channels, _channelParts);
        chunk /= _channelParts;
        var (firstBlock, lastBlock) = Share(chunk % _parts, _blocks, _parts);
        int group = chunk / _parts, channels = lastChannel - channel, width = WinogradWeights<T>.Width;
        T* sums = _sums + ((chunk % _parts) * _partLength) + (group * _panels * _panelLength);

        int most = (_tiles + _blocks - 1) / _blocks;
        nint patchStep = ((nint)most * channels) + Gap, gradientStep = ((nint)most * width) + Gap, productStep = ((nint)channels * width) + Gap;
        T* patches = Scratch.Get<T>(ScratchUse.WinogradPatches, Winograd.Places * patchStep);
        T* gradients = Scratch.Get<T>(ScratchUse.WinogradWeights, Winograd.Places * gradientStep);
        T* products = Scratch.Get<T>(ScratchUse.WinogradProducts, Winograd.Places * productStep);
        T* memory = Scratch.Get<T>(ScratchUse.WinogradTile, Winograd.Places * (nint)channels);
        for (int block = firstBlock; block < lastBlock; block++)
        {
            var (tile, lastTile) = Share(block, _tiles, _blocks);
            int tiles = lastTile - tile;
            Patches((group * _channels) + channel, channels, tile, tiles, patches, patchStep, memory);
            for (int panel = firstPanel; panel < lastPanel; panel++)
            {
                T* to = sums + (panel * _panelLength);
                Gradients(group, panel, tile, tiles, gradients, gradientStep, memory);
                if (_bias && first) Bias(group, panel, tile, tiles, to + (9L * _channels * width), block > firstBlock);
                Products(channels, tiles, patches, patchStep, gradients, gradientStep, products, productStep);
                to += channel * width;
                for (int at = 0; at < channels * width; at += V.Count)
                    WinogradTransform<V, T>.WeightGradient(products + at, productStep, to + at, (nint)_channels * width, block > firstBlock, memory);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Patches(int channel, int channels, int first, int tiles, T* to, nint step, T* memory)
    {
        T** pixels = stackalloc T*[Winograd.Places];
        for (int t = 0; t < tiles; t++, to += channels)
        {
            _x.Square(first + t, Winograd.Patch, _zeros, pixels);
            WinogradTransform<V, T>.Input(pixels, channel, channels, to, step, memory);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gradients(int group, int panel, int first, int tiles, T* to, nint step, T* memory)
    {
        int width = WinogradWeights<T>.Width, out0 = (group * _outs) + (panel * width), valid = Math.Min(width, _outs - (panel * width));
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
    private readonly void Bias(int group, int panel, int first, int tiles, T* to, bool add)
    {
        int width = WinogradWeights<T>.Width, out0 = (group * _outs) + (panel * width), valid = Math.Min(width, _outs - (panel * width));
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
