using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradient of the weights with lanes over the batch, whose images lie side by side: tiles of output channels times neighbouring
/// kernel elements, each sum kept in 16 float (8 double) virtual lanes over images and pixels. Chunks of rows are summed apart, combined
/// in a fixed tree, and so are the lanes at the end.
/// </summary>
internal unsafe struct BatchWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    // The gradients of a block of pixels stay in the first-level cache while all kernel elements meet them.
    private const int BlockBytes = 32 << 10;

    // Rows are cut into chunks as long as the sums of a chunk are small, kernel elements into parts until there is enough to share.
    private const long SmallSums = 64 << 10;
    private const int EnoughChunks = 8;

    private ConvShape _s;
    private T* _x, _dy, _sums;
    private Dims _xStrides, _dyStrides;
    private int _channels, _outs, _outH, _outW, _images;
    private int _columns, _columnStep, _outers, _outerParts, _rowChunks, _rowsEach, _blockPixels;

    /// <summary>Registers of the widest kind hold so many numbers: the virtual lanes of a sum.</summary>
    public static int VirtualLanes => 64 / sizeof(T);

    /// <summary>
    /// Computes the gradient of the weights. <paramref name="x"/> points at the first element of a stack with its padding,
    /// and both stacks hold whole registers of images.
    /// </summary>
    public static void Go(in ConvShape s, int images, T* x, in Dims xStrides, T* dy, in Dims dyStrides, T* dw)
    {
        var job = new BatchWeights<V, T> { _s = s, _x = x, _dy = dy, _xStrides = xStrides, _dyStrides = dyStrides, _images = images };
        int chunks = job.Cut();
        long sums = s.WeightLength * VirtualLanes;
        job._sums = Scratch.Get<T>(ScratchUse.ConvSums, job._rowChunks * sums);
        Team.Run(chunks, ref job);
        LaneSums<T>.ToWeights(job._sums, job._rowChunks, s.WeightLength, dw);
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
        _blockPixels = (int)Math.Clamp((long)BlockBytes / sizeof(T) / ((long)_outs * _images), 1, _outW);
        int blocks = (_outW + _blockPixels - 1) / _blockPixels;
        _blockPixels = (_outW + blocks - 1) / blocks;
        return checked(_rowChunks * _s.Groups * _outerParts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int part = chunk % _outerParts, firstOuter = (int)((long)_outers * part / _outerParts), lastOuter = (int)((long)_outers * (part + 1) / _outerParts);
        chunk /= _outerParts;
        int group = chunk % _s.Groups, rowChunk = chunk / _s.Groups;
        int firstRow = rowChunk * _rowsEach, lastRow = Math.Min(_outH, firstRow + _rowsEach);
        int weights = _outers * _columns;
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, (2L * _blockPixels) + (2L * _outs));
        int* dyRows = memory + (2 * _blockPixels), sumRows = dyRows + _outs;
        for (int i = 0; i < _outs; i++)
        {
            dyRows[i] = i * _dyStrides[1];
            sumRows[i] = i * weights * VirtualLanes;
        }
        T* sums = _sums + (((rowChunk * (nint)_s.Groups) + group) * _outs * weights * VirtualLanes);
        var call = new TileCall<T>
        {
            FactorRuns = memory, LaneRuns = memory + _blockPixels, FactorStep = VirtualLanes, LaneStep = VirtualLanes,
            ColumnStep = _columnStep, OutColumnStep = VirtualLanes, StartColumnStep = VirtualLanes, Repeat = 1,
        };
        int length = (lastOuter - firstOuter) * _columns * VirtualLanes;
        for (int i = 0; i < _outs; i++) new Span<T>(sums + sumRows[i] + ((nint)firstOuter * _columns * VirtualLanes), length).Clear();
        for (int row = firstRow; row < lastRow; row++)
        {
            for (int column = 0; column < _outW; column += _blockPixels)
            {
                Steps(ref call, Math.Min(_blockPixels, _outW - column));
                T* dy = _dy + ((nint)group * _outs * _dyStrides[1]) + ((nint)row * _dyStrides[2]) + ((nint)column * _dyStrides[3]);
                T* x = _x + ((nint)group * _channels * _xStrides[1]) + ((nint)row * _s.StrideH * _xStrides[2])
                    + ((nint)column * _s.StrideW * _xStrides[3]);
                for (int outer = firstOuter; outer < lastOuter; outer++)
                {
                    int channel = _s.KernelW > 1 ? outer / _s.KernelH : outer, u = _s.KernelW > 1 ? outer % _s.KernelH : 0;
                    T* from = x + ((nint)channel * _xStrides[1]) + ((nint)u * _s.DilationH * _xStrides[2]);
                    Tile(call, from, dy, sums + ((nint)outer * _columns * VirtualLanes), dyRows, sumRows);
                }
            }
        }
    }

    // The pixels of a block with all their images: one run where they lie side by side in both stacks.
    private readonly void Steps(ref TileCall<T> call, int pixels)
    {
        int xStep = _s.StrideW * _xStrides[3], dyStep = _dyStrides[3], registers = _images / VirtualLanes;
        bool whole = xStep == _images && dyStep == _images;
        call.Runs = whole ? 1 : pixels;
        call.Length = whole ? pixels * registers : registers;
        for (int i = 0; i < call.Runs; i++)
        {
            call.FactorRuns[i] = i * dyStep;
            call.LaneRuns[i] = i * xStep;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Tile(TileCall<T> call, T* x, T* dy, T* sums, int* dyRows, int* sumRows)
    {
        int strips = (_columns + Tiles<V, T, LanesFactor>.MaxColumns - 1) / Tiles<V, T, LanesFactor>.MaxColumns;
        for (int strip = 0, column = 0; strip < strips; strip++)
        {
            int columns = (_columns - column + strips - strip - 1) / (strips - strip), most = Tiles<V, T, LanesFactor>.MaxRows(columns);
            int tiles = (_outs + most - 1) / most;
            for (int tile = 0, channel = 0; tile < tiles; tile++)
            {
                int rows = (_outs - channel + tiles - tile - 1) / (tiles - tile);
                call.FactorRows = dyRows + channel;
                call.OutRows = call.StartRows = sumRows + channel;
                for (int lane = 0; lane < VirtualLanes; lane += V.Count)
                {
                    call.Factors = dy + lane;
                    call.Lanes = x + ((nint)column * _columnStep) + lane;
                    call.Out = call.Start = sums + ((nint)column * VirtualLanes) + lane;
                    Tiles<V, T, LanesFactor>.Run(rows, columns, &call);
                }
                channel += rows;
            }
            column += columns;
        }
    }
}
