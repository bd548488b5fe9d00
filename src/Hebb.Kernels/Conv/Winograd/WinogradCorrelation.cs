using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A correlation by <see cref="Winograd"/>: a chunk transforms the patches of some tiles, multiplies them with the weights of one
/// panel of target channels after the other, and transforms the products of each panel into outputs while they are in the cache.
/// </summary>
internal unsafe struct WinogradCorrelation<V, T, A> : IJob where V : struct, ILane<V, T> where T : unmanaged where A : struct, IBinaryLane
{
    // Matrices a power of two apart would share the sets of the cache.
    private const int Gap = 16;

    // Few tiles fill the registers of a product badly.
    private const int FewestTiles = 7;

    private readonly WinogradPlan<T> _p;
    private readonly TiledStack<T> _source, _target;
    private readonly T* _weights, _bias, _zeros;
    private readonly A _activation;
    private readonly ChannelScale<T> _scale;
    private readonly nint _other;
    private T* _transformed;
    private int _tilesEach, _tileParts, _panelsEach, _panelParts, _firstGroup, _firstPanel, _lastPanel;

    /// <summary>Makes the job of a correlation. The packed weights may be null; the bias is in whole panels.</summary>
    public WinogradCorrelation(WinogradPlan<T> plan, in CorrelationPlan<T>.Operands operands, T* zeros, A activation)
    {
        _p = plan;
        (_source, _target) = (plan.Source, plan.Target);
        _source.Data = operands.Source;
        _target.Data = operands.Target;
        _weights = operands.Weights;
        _transformed = operands.Packed;
        _bias = operands.Bias;
        _zeros = zeros;
        _activation = activation;
        _scale = operands.Scale;
        _other = operands.Other;
    }

    /// <summary>Computes the target, in stages where the transformed weights would be too large.</summary>
    public void Run()
    {
        int groups = _p.Shape.Groups, panels = _p.Weights.Panels, each = _p.StagePanels;
        bool transform = !_p.IsOneChunk && _transformed == null;
        if (!transform || each >= panels * groups) Stage(0, groups, 0, panels, transform);
        else
        {
            for (int group = 0; group < groups; group++)
                for (int panel = 0; panel < panels; panel += each) Stage(group, 1, panel, Math.Min(each, panels - panel), true);
        }
    }

    private void Stage(int firstGroup, int groups, int firstPanel, int panels, bool transform)
    {
        (_firstGroup, _firstPanel, _lastPanel) = (firstGroup, firstPanel, firstPanel + panels);
        if (transform)
        {
            int first = (firstGroup * _p.Weights.Panels) + firstPanel, count = (groups - 1) * _p.Weights.Panels + panels;
            nint panelStep = _p.Weights.BlockStep * _p.Weights.Blocks;
            T* to = Scratch.Get<T>(ScratchUse.ConvWeights, count * panelStep);
            _p.Weights.Fill(_weights, first, count, to);
            _transformed = to - (first * panelStep);
        }
        // Outputs do not depend on how the work is cut.
        int threads = Team.Threads;
        _tileParts = (_p.TileCount + _p.TilesEach - 1) / _p.TilesEach;
        _panelParts = 1;
        if (threads > 1)
        {
            if (_tileParts >= threads && _tileParts < 8 * threads) _tileParts = (_tileParts + threads - 1) / threads * threads;
            while (_tileParts * _panelParts * groups < 2 * threads && _panelParts < panels) _panelParts++;
            // Where each chunk transforms the weights, fewer tiles would not repay it.
            int most = _transformed == null ? _tileParts : Math.Max(_tileParts, _p.TileCount / FewestTiles);
            while (_tileParts * _panelParts * groups < threads && _tileParts < most) _tileParts++;
        }
        _panelsEach = (panels + _panelParts - 1) / _panelParts;
        _panelParts = (panels + _panelsEach - 1) / _panelsEach;
        _tilesEach = (_p.TileCount + _tileParts - 1) / _tileParts;
        _tileParts = (_p.TileCount + _tilesEach - 1) / _tilesEach;
        Team.Run(checked(_tileParts * _panelParts * groups), ref this);
    }

    // Numbers from one matrix of transformed patches to the next, and of products.
    private readonly int PatchStep => (_tilesEach * (_p.Weights.First(1) + 1)) + Gap;

    private readonly int ProductStep => (_tilesEach * WinogradWeights<T>.Width) + Gap;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int first = chunk % _tileParts * _tilesEach, tiles = Math.Min(_tilesEach, _p.TileCount - first);
        chunk /= _tileParts;
        int panel = _firstPanel + (chunk % _panelParts * _panelsEach), lastPanel = Math.Min(_lastPanel, panel + _panelsEach);
        int group = _firstGroup + (chunk / _panelParts);
        T* patches = Scratch.Get<T>(ScratchUse.WinogradPatches, (long)_p.Weights.Blocks * Winograd.Places * PatchStep);
        T* products = Scratch.Get<T>(ScratchUse.WinogradProducts, (long)Winograd.Places * ProductStep);
        T* own = _transformed == null ? Scratch.Get<T>(ScratchUse.WinogradWeights, _p.Weights.BlockStep) : null;
        T* memory = Scratch.Get<T>(ScratchUse.WinogradTile, Winograd.Places * Math.Max(_p.Weights.First(1) + 1, 2 * V.Count));
        Patches(group, first, tiles, patches, memory);
        for (; panel < lastPanel; panel++)
        {
            int at = (group * _p.Weights.Panels) + panel,
                valid = Math.Min(WinogradWeights<T>.Width, _p.Targets - (panel * WinogradWeights<T>.Width));
            for (int block = 0; block < _p.Weights.Blocks; block++)
            {
                T* weights = own;
                if (own == null) weights = _transformed + ((((nint)at * _p.Weights.Blocks) + block) * _p.Weights.BlockStep);
                else _p.Weights.Fill<V>(_weights, at, block, own);
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
        source.Data += group * _p.Sources;
        for (int t = 0; t < tiles; t++)
        {
            source.Square(first + t, Winograd.Patch, _zeros, pixels);
            T* to = patches;
            for (int block = 0; block < _p.Weights.Blocks; block++, to += Winograd.Places * (nint)PatchStep)
            {
                int channel = _p.Weights.First(block), channels = _p.Weights.First(block + 1) - channel;
                WinogradTransform<V, T>.Input(pixels, channel, channels, to + (t * channels), PatchStep, memory);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Products(int tiles, int block, int valid, T* patches, T* weights, T* products)
    {
        int channels = _p.Weights.First(block + 1) - _p.Weights.First(block), width = WinogradWeights<T>.Width;
        int parts = (tiles + GemmTiles<V, T>.MaxRows - 1) / GemmTiles<V, T>.MaxRows;
        patches += block * Winograd.Places * (nint)PatchStep;
        for (int place = 0; place < Winograd.Places; place++, patches += PatchStep, weights += _p.Weights.Step, products += ProductStep)
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
        T* bias = _bias + (((group * _p.Weights.Panels) + panel) * width), outputs = memory + WinogradTransform<V, T>.Memory;
        for (int t = 0; t < tiles; t++, products += width)
        {
            T* to = _target.Locate(first + t, out int row, out int column) + (group * _p.Targets) + (panel * width);
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
                        V sum = _scale.Of(V.Load(from) + b, (group * _p.Targets) + (panel * width) + lane);
                        if (count == V.Count)
                        {
                            V.Store(y, Activation<V, T, A>.Of(_activation, sum, y + _other));
                            continue;
                        }
                        if (_other != 0) ShortRow<T>.Copy(count, y + _other, from);
                        V.Store(from, _activation.Lane(sum, V.Load(from)));
                        ShortRow<T>.Copy(count, from, y);
                    }
                }
            }
        }
    }
}
