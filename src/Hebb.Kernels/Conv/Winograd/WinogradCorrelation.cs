using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A correlation by way of <see cref="Winograd"/>: a chunk transforms the patches of some tiles, multiplies them with the weights of one panel
/// of target channels after the other, and transforms the products of each panel into outputs while they are in the cache.
/// </summary>
internal unsafe struct WinogradCorrelation<V, T, A> : IJob where V : struct, ILane<V, T> where T : unmanaged where A : struct, IUnaryLane
{
    // The transformed patches of so many tiles stay in the second-level cache.
    private const int MostTiles = 64;
    private const int PatchBytes = 1 << 20;
    private const int FewestTiles = 14;

    // Weights beyond this are transformed and used part by part.
    private const long StageBytes = 8 << 20;

    // Matrices a power of two apart would share the sets of the cache.
    private const int Gap = 16;

    private TiledStack<T> _source, _target;
    private WinogradWeights<T> _weights;
    private T* _transformed, _bias, _zeros;
    private A _activation;
    private ChannelScale<T> _scale;
    private int _sources, _targets, _tiles, _tilesEach, _tileParts, _panelsEach, _panelParts;
    private int _firstGroup, _firstPanel, _lastPanel;

    /// <summary>Computes the target from the source. The transformed weights may be null; the bias is in whole panels.</summary>
    public static void Go(
        in TiledStack<T> source, in TiledStack<T> target, in ConvShape s, bool backward, T* weights, T* transformed, T* bias, A activation,
        ChannelScale<T> scale)
    {
        var job = new WinogradCorrelation<V, T, A>
        {
            _source = source,
            _target = target,
            _weights = new(s, weights, backward),
            _transformed = transformed,
            _bias = bias,
            _activation = activation,
            _scale = scale,
            _sources = (backward ? s.OutC : s.C) / s.Groups,
            _targets = (backward ? s.C : s.OutC) / s.Groups,
            _tiles = s.N * source.TilesHigh * source.TilesWide,
        };
        job._zeros = Scratch.Get<T>(ScratchUse.WinogradZeros, job._sources);
        new Span<T>(job._zeros, job._sources).Clear();
        int panels = job._weights.Panels, each = Math.Max(1, (int)(StageBytes / sizeof(T) / (job._weights.BlockStep * job._weights.Blocks)));
        bool alone = job._tiles <= MostTiles;
        job._tilesEach = alone ? job._tiles : Math.Clamp(PatchBytes / sizeof(T) / (Winograd.Places * job._sources), FewestTiles, MostTiles);
        alone |= transformed != null;
        if (alone || each >= panels * s.Groups) job.Stage(0, s.Groups, 0, panels, !alone);
        else
        {
            for (int group = 0; group < s.Groups; group++)
                for (int panel = 0; panel < panels; panel += each) job.Stage(group, 1, panel, Math.Min(each, panels - panel), true);
        }
    }

    private void Stage(int firstGroup, int groups, int firstPanel, int panels, bool transform)
    {
        (_firstGroup, _firstPanel, _lastPanel) = (firstGroup, firstPanel, firstPanel + panels);
        if (transform)
        {
            int first = (firstGroup * _weights.Panels) + firstPanel, count = (groups - 1) * _weights.Panels + panels;
            nint panelStep = _weights.BlockStep * _weights.Blocks;
            T* to = Scratch.Get<T>(ScratchUse.ConvWeights, count * panelStep);
            _weights.Fill(first, count, to);
            _transformed = to - (first * panelStep);
        }
        // Outputs do not depend on how the work is cut.
        int threads = Team.Threads;
        _tileParts = (_tiles + _tilesEach - 1) / _tilesEach;
        _panelParts = 1;
        if (threads > 1)
        {
            if (_tileParts >= threads && _tileParts < 8 * threads) _tileParts = (_tileParts + threads - 1) / threads * threads;
            while (_tileParts * _panelParts * groups < 2 * threads && _panelParts < panels) _panelParts++;
        }
        _panelsEach = (panels + _panelParts - 1) / _panelParts;
        _panelParts = (panels + _panelsEach - 1) / _panelsEach;
        _tilesEach = (_tiles + _tileParts - 1) / _tileParts;
        _tileParts = (_tiles + _tilesEach - 1) / _tilesEach;
        Team.Run(checked(_tileParts * _panelParts * groups), ref this);
    }

    // Numbers from one matrix of transformed patches to the next, and of products.
    private readonly int PatchStep => (_tilesEach * (_weights.First(1) + 1)) + Gap;

    private readonly int ProductStep => (_tilesEach * WinogradWeights<T>.Width) + Gap;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int first = chunk % _tileParts * _tilesEach, tiles = Math.Min(_tilesEach, _tiles - first);
        chunk /= _tileParts;
        int panel = _firstPanel + (chunk % _panelParts * _panelsEach), lastPanel = Math.Min(_lastPanel, panel + _panelsEach);
        int group = _firstGroup + (chunk / _panelParts);
        T* patches = Scratch.Get<T>(ScratchUse.WinogradPatches, (long)_weights.Blocks * Winograd.Places * PatchStep);
        T* products = Scratch.Get<T>(ScratchUse.WinogradProducts, (long)Winograd.Places * ProductStep);
        T* own = _transformed == null ? Scratch.Get<T>(ScratchUse.WinogradWeights, _weights.BlockStep) : null;
        T* memory = Scratch.Get<T>(ScratchUse.WinogradTile, Winograd.Places * Math.Max(_weights.First(1) + 1, 2 * V.Count));
        Patches(group, first, tiles, patches, memory);
        for (; panel < lastPanel; panel++)
        {
            int at = (group * _weights.Panels) + panel, valid = Math.Min(WinogradWeights<T>.Width, _targets - (panel * WinogradWeights<T>.Width));
            for (int block = 0; block < _weights.Blocks; block++)
            {
                T* weights = own;
                if (own == null) weights = _transformed + ((((nint)at * _weights.Blocks) + block) * _weights.BlockStep);
                else _weights.Fill<V>(at, block, own);
                Products(tiles, block, valid, patches, weights, products);
            }
            Outputs(group, first, tiles, panel, valid, products, memory);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Patches(int group, int first, int tiles, T* patches, T* memory)
    {
        T** pixels = stackalloc T*[Winograd.Places];
        TiledStack<T> source = _source;
        source.Data += group * _sources;
        for (int t = 0; t < tiles; t++)
        {
            source.Square(first + t, Winograd.Patch, _zeros, pixels);
            T* to = patches;
            for (int block = 0; block < _weights.Blocks; block++, to += Winograd.Places * (nint)PatchStep)
            {
                int channel = _weights.First(block), channels = _weights.First(block + 1) - channel;
                WinogradTransform<V, T>.Input(pixels, channel, channels, to + (t * channels), PatchStep, memory);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Products(int tiles, int block, int valid, T* patches, T* weights, T* products)
    {
        int channels = _weights.First(block + 1) - _weights.First(block), width = WinogradWeights<T>.Width;
        int parts = (tiles + GemmTiles<V, T>.MaxRows - 1) / GemmTiles<V, T>.MaxRows;
        patches += block * Winograd.Places * (nint)PatchStep;
        for (int place = 0; place < Winograd.Places; place++, patches += PatchStep, weights += _weights.Step, products += ProductStep)
        {
            for (int part = 0, tile = 0; part < parts; part++)
            {
                int rows = (tiles - tile + parts - part - 1) / (parts - part);
                for (int lane = 0; lane < valid; lane += 2 * V.Count)
                {
                    GemmTiles<V, T>.Run(
                        rows, valid - lane > V.Count ? 2 : 1, channels, patches + (tile * channels), channels, 1, weights + lane, width,
                        products + (tile * width) + lane, width, block > 0);
                }
                tile += rows;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Outputs(int group, int first, int tiles, int panel, int valid, T* products, T* memory)
    {
        int width = WinogradWeights<T>.Width;
        T* bias = _bias + (((group * _weights.Panels) + panel) * width), outputs = memory + WinogradTransform<V, T>.Memory;
        for (int t = 0; t < tiles; t++, products += width)
        {
            T* to = _target.Locate(first + t, out int row, out int column) + (group * _targets) + (panel * width);
            int rows = Math.Min(Winograd.Tile, _target.Height - row), columns = Math.Min(Winograd.Tile, _target.Width - column);
            for (int lane = 0; lane < valid; lane += V.Count)
            {
                WinogradTransform<V, T>.Output(products + lane, ProductStep, outputs, memory);
                V b = V.Load(bias + lane);
                int count = Math.Min(V.Count, valid - lane);
                for (int i = 0; i < rows; i++)
                {
                    T* from = outputs + (i * Winograd.Tile * V.Count);
                    T* y = to + (i * _target.RowStep) + lane;
                    for (int j = 0; j < columns; j++, from += V.Count, y += _target.ColumnStep)
                    {
                        V v = _activation.Lane(_scale.Of(V.Load(from) + b, (group * _targets) + (panel * width) + lane));
                        if (count == V.Count) V.Store(y, v);
                        else
                        {
                            V.Store(from, v);
                            for (int k = 0; k < count; k++) y[k] = from[k];
                        }
                    }
                }
            }
        }
    }
}
