using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of weights and bias with lanes over the batch, whose images lie side by side: tiles of output channels times neighbouring
/// kernel elements, each sum kept in 16 float (8 double) virtual lanes over images and pixels. Chunks of rows are summed apart, combined
/// in a fixed tree, and so are the lanes at the end.
/// </summary>
internal unsafe struct BatchWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    // The gradients of a tile's channels in a block of pixels stay in the first-level cache while all kernel elements meet them.
    private const int BlockBytes = 32 << 10;

    // Rows are cut into chunks as long as the sums of a chunk are small, kernel elements into parts until there is enough to share.
    private const long SmallSums = 64 << 10;
    private const int EnoughChunks = 8;

    // Sums of the largest tile.
    private const int LargestTile = 27;

    private ConvShape _s;
    private T* _x, _dy, _sums;
    private Dims _xStrides, _dyStrides;
    private int _channels, _outs, _outH, _outW, _images;
    private int _columns, _columnStep, _strips, _outers, _outerParts, _rowChunks, _rowsEach;
    private int _tileRows, _blockRows, _blockPixels;
    private bool _bias;

    private static int LaneCount => VirtualLanes.Count<T>();

    /// <summary>
    /// Computes the gradient of the weights, and of the bias unless <paramref name="db"/> is null. <paramref name="x"/> points at the
    /// first element of a stack with its padding, and both stacks hold whole registers of images.
    /// </summary>
    public static void Go(in ConvShape s, int images, T* x, in Dims xStrides, T* dy, in Dims dyStrides, T* dw, T* db)
    {
        var job = new BatchWeights<V, T>
        {
            _s = s,
            _images = images,
            _x = x,
            _xStrides = xStrides,
            _dy = dy,
            _dyStrides = dyStrides,
            _bias = db != null,
        };
        int chunks = job.Cut();
        long numbers = s.WeightLength + (job._bias ? s.OutC : 0);
        T* sums = Scratch.Get<T>(ScratchUse.ConvSums, job._rowChunks * numbers * LaneCount);
        job._sums = sums;
        Team.Run(chunks, ref job);
        LaneSums<T>.Combine(sums, job._rowChunks, numbers, s.WeightLength, dw);
        if (db != null) LaneSums<T>.Combine(sums + (s.WeightLength * LaneCount), job._rowChunks, numbers, s.OutC, db);
    }

    // How the work is cut depends on the shape alone. The columns of a tile run along the innermost kernel axis that has a length, in
    // order of the weights, and outers count the positions of the other axes.
    private int Cut()
    {
        _channels = _s.C / _s.Groups;
        _outs = _s.OutC / _s.Groups;
        (_outH, _outW) = (_s.OutH, _s.OutW);
        (_columns, _columnStep, _outers) = _s.KernelW > 1 ? (_s.KernelW, _s.DilationW * _xStrides[3], _channels * _s.KernelH)
            : _s.KernelH > 1 ? (_s.KernelH, _s.DilationH * _xStrides[2], _channels)
            : (_channels, _xStrides[1], 1);
        _rowsEach = _s.WeightLength * 64 <= SmallSums ? (_outH + EnoughChunks - 1) / EnoughChunks : (_outH + 1) / 2;
        _rowChunks = (_outH + _rowsEach - 1) / _rowsEach;
        _outerParts = Math.Clamp((EnoughChunks + (_rowChunks * _s.Groups) - 1) / (_rowChunks * _s.Groups), 1, _outers);
        _strips = (_columns + Tiles<V, T, LanesFactor>.MaxColumns - 1) / Tiles<V, T, LanesFactor>.MaxColumns;
        _tileRows = Math.Min(_outs, LargestTile / ((_columns + _strips - 1) / _strips));
        int pixels = (int)Math.Clamp((long)BlockBytes / sizeof(T) / ((long)_tileRows * _images), 1, (long)_rowsEach * _outW);
        _blockRows = Math.Max(1, pixels / _outW);
        int blocks = (_outW + pixels - 1) / pixels;
        _blockPixels = (_outW + blocks - 1) / blocks;
        return checked(_rowChunks * _s.Groups * _outerParts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int part = chunk % _outerParts;
        int firstOuter = (int)((long)_outers * part / _outerParts), lastOuter = (int)((long)_outers * (part + 1) / _outerParts);
        chunk /= _outerParts;
        int group = chunk % _s.Groups, rowChunk = chunk / _s.Groups;
        int firstRow = rowChunk * _rowsEach, lastRow = Math.Min(_outH, firstRow + _rowsEach);
        int weights = _outers * _columns;
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, (2L * _blockRows * _blockPixels) + (3L * _outs));
        int* dyRows = memory + (2 * _blockRows * _blockPixels), sumRows = dyRows + _outs, biasRows = sumRows + _outs;
        for (int i = 0; i < _outs; i++)
        {
            dyRows[i] = i * _dyStrides[1];
            sumRows[i] = i * weights * LaneCount;
            biasRows[i] = i * LaneCount;
        }
        T* chunkSums = _sums + (rowChunk * (nint)(_s.WeightLength + (_bias ? _s.OutC : 0)) * LaneCount);
        T* sums = chunkSums + ((nint)group * _outs * weights * LaneCount);
        T* biases = chunkSums + (((nint)_s.WeightLength + (group * _outs)) * LaneCount);
        bool biasToo = _bias && part == 0;
        T* ones = Scratch.Get<T>(ScratchUse.ConvGather, LaneCount);
        for (int i = 0; i < LaneCount; i++) W1<T>.Store(ones + i, W1<T>.Of(1));
        if (biasToo) new Span<T>(biases, _outs * LaneCount).Clear();
        var call = new TileCall<T>
        {
            FactorRuns = memory,
            LaneRuns = memory + (_blockRows * _blockPixels),
            FactorStep = LaneCount,
            LaneStep = LaneCount,
            ColumnStep = _columnStep,
            OutColumnStep = LaneCount,
            StartColumnStep = LaneCount,
            Repeat = 1,
        };
        int length = (lastOuter - firstOuter) * _columns * LaneCount;
        for (int i = 0; i < _outs; i++) new Span<T>(sums + sumRows[i] + ((nint)firstOuter * _columns * LaneCount), length).Clear();
        for (int row = firstRow; row < lastRow; row += _blockRows)
        {
            for (int column = 0; column < _outW; column += _blockPixels)
            {
                Steps(ref call, Math.Min(_blockRows, lastRow - row), Math.Min(_blockPixels, _outW - column));
                T* dy = _dy + ((nint)group * _outs * _dyStrides[1]) + ((nint)row * _dyStrides[2]) + ((nint)column * _dyStrides[3]);
                T* x = _x + ((nint)group * _channels * _xStrides[1]) + ((nint)row * _s.StrideH * _xStrides[2])
                    + ((nint)column * _s.StrideW * _xStrides[3]);
                int tiles = (_outs + _tileRows - 1) / _tileRows;
                for (int tile = 0, first = 0; tile < tiles; tile++)
                {
                    int rows = (_outs - first + tiles - tile - 1) / (tiles - tile);
                    call.FactorRows = dyRows + first;
                    call.OutRows = call.StartRows = sumRows + first;
                    for (int outer = firstOuter; outer < lastOuter; outer++)
                    {
                        int channel = _s.KernelW > 1 ? outer / _s.KernelH : outer, u = _s.KernelW > 1 ? outer % _s.KernelH : 0;
                        T* from = x + ((nint)channel * _xStrides[1]) + ((nint)u * _s.DilationH * _xStrides[2]);
                        Strips(call, rows, from, dy, sums + ((nint)outer * _columns * LaneCount));
                    }
                    first += rows;
                }
                if (biasToo) Bias(call, ones, dy, biases, dyRows, biasRows);
            }
        }
    }

    // The bias is the weight of an input that is 1 everywhere.
    private readonly void Bias(TileCall<T> call, T* ones, T* dy, T* biases, int* dyRows, int* biasRows)
    {
        new Span<int>(call.LaneRuns, call.Runs).Clear();
        call.LaneStep = 0;
        int most = Tiles<V, T, LanesFactor>.MaxRows(1);
        for (int first = 0; first < _outs; first += most)
        {
            call.FactorRows = dyRows + first;
            call.OutRows = call.StartRows = biasRows + first;
            for (int lane = 0; lane < LaneCount; lane += V.Count)
            {
                call.Factors = dy + lane;
                call.Lanes = ones;
                call.Out = call.Start = biases + lane;
                Tiles<V, T, LanesFactor>.Run(Math.Min(most, _outs - first), 1, &call);
            }
        }
    }

    // The pixels of a block with all their images: one run a row where they lie side by side in both stacks.
    private readonly void Steps(ref TileCall<T> call, int rows, int pixels)
    {
        int xStep = _s.StrideW * _xStrides[3], dyStep = _dyStrides[3], registers = _images / LaneCount;
        bool whole = xStep == _images && dyStep == _images;
        int runs = whole ? 1 : pixels;
        call.Runs = 0;
        call.Length = whole ? pixels * registers : registers;
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < runs; i++)
            {
                call.FactorRuns[call.Runs] = (row * _dyStrides[2]) + (i * dyStep);
                call.LaneRuns[call.Runs++] = (row * _s.StrideH * _xStrides[2]) + (i * xStep);
            }
        }
    }

    // A tile's output channels against one row of kernel elements, a few elements at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Strips(TileCall<T> call, int rows, T* x, T* dy, T* sums)
    {
        for (int strip = 0, column = 0; strip < _strips; strip++)
        {
            int columns = (_columns - column + _strips - strip - 1) / (_strips - strip), most = Tiles<V, T, LanesFactor>.MaxRows(columns);
            T* lanes = x + ((nint)column * _columnStep), to = sums + ((nint)column * LaneCount);
            int* factorRows = call.FactorRows, sumRows = call.OutRows;
            for (int first = 0; first < rows; first += most, call.FactorRows += most, call.OutRows = call.StartRows += most)
            {
                for (int lane = 0; lane < LaneCount; lane += V.Count)
                {
                    call.Factors = dy + lane;
                    call.Lanes = lanes + lane;
                    call.Out = call.Start = to + lane;
                    Tiles<V, T, LanesFactor>.Run(Math.Min(most, rows - first), columns, &call);
                }
            }
            call.FactorRows = factorRows;
            call.OutRows = call.StartRows = sumRows;
            column += columns;
        }
    }
}
