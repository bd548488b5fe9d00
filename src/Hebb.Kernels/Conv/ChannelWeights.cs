using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of weights and bias with lanes over output channels: for each kernel element, tiles of input channels (broadcast from the
/// image, in any layout) times registers of output channels, summed over pixels. Chunks of about 4096 pixels are summed apart and
/// combined in a fixed tree.
/// </summary>
internal unsafe struct ChannelWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    // One sum runs over about so many pixels; the gradients of so many stay in the first-level cache; rows longer than this are cut.
    private const int ChunkPixels = 4096;
    private const int BlockPixels = 256;
    private const int LongRow = 1024;

    // With fewer input channels tiles are wide instead of tall.
    private const int FewChannels = 6;

    // From so many products with each gradient on, gathering the gradients of a block side by side pays.
    private const int WorthGathering = 64;
    private const int EnoughChunks = 8;

    // Panels of output channels that meet a block of the image while it is in the second-level cache.
    private const int MostPanels = 4;

    // Memory before the gathered gradients: zeros, in which sums begin, and ones, which the bias is multiplied with.
    private const int Zeros = 64;
    private const int Constants = 2 * Zeros;

    private ConvShape _s;
    private T* _x, _dy, _sums;
    private Dims _xStrides, _dyStrides;
    private int _channels, _outs, _outH, _outW, _width, _panels, _panelsEach, _panelParts, _elementParts;
    private int _segmentWidth, _segments, _blockSegments, _chunkSegments, _chunks;
    private bool _gather, _bias;

    /// <summary>Computes the gradient of the weights, and of the bias unless <paramref name="db"/> is null.</summary>
    public static void Go(in ConvShape s, T* x, in Dims xStrides, T* dy, in Dims dyStrides, T* dw, T* db)
    {
        var job = new ChannelWeights<V, T> { _s = s, _x = x, _dy = dy, _xStrides = xStrides, _dyStrides = dyStrides, _bias = db != null };
        int chunks = job.Cut();
        job._sums = Scratch.Get<T>(ScratchUse.ConvSums, job._chunks * job.SumLength);
        Team.Run(chunks, ref job);
        WeightSums<T>.ToWeights(s, job._sums, job._chunks, job._width, dw, db);
    }

    private readonly long SumLength => (long)_s.Groups * _panels * PanelLength;

    private readonly long PanelLength => (((long)_s.KernelH * _s.KernelW * _channels) + (_bias ? 1 : 0)) * _width;

    // How the work is cut depends on the shape alone.
    private int Cut()
    {
        _channels = _s.C / _s.Groups;
        _outs = _s.OutC / _s.Groups;
        (_outH, _outW) = (_s.OutH, _s.OutW);
        int register = 64 / sizeof(T);
        _width = register * (_outs <= register ? 1 : _outs > 2 * register && _channels <= FewChannels ? 4 : 2);
        _panels = (_outs + _width - 1) / _width;
        _segmentWidth = Math.Min(_outW, LongRow);
        _segments = (_outW + _segmentWidth - 1) / _segmentWidth;
        _blockSegments = _segments > 1 ? 1 : Math.Max(1, BlockPixels / _outW);
        _chunkSegments = Math.Max(1, ChunkPixels / _segmentWidth);
        long all = (long)_s.N * _outH * _segments;
        _chunks = (int)((all + _chunkSegments - 1) / _chunkSegments);
        int elements = _s.KernelH * _s.KernelW;
        _gather = _dyStrides[1] != 1 || _outs % _width != 0 || (long)elements * _channels >= WorthGathering;
        int apart = checked(_chunks * _s.Groups);
        _panelsEach = Math.Clamp(_panels * apart / EnoughChunks, 1, Math.Min(_panels, MostPanels));
        _panelParts = (_panels + _panelsEach - 1) / _panelsEach;
        apart = checked(apart * _panelParts);
        _elementParts = Math.Clamp((EnoughChunks + apart - 1) / apart, 1, elements);
        return checked(apart * _elementParts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int elements = _s.KernelH * _s.KernelW, part = chunk % _elementParts;
        int firstElement = (int)((long)elements * part / _elementParts), lastElement = (int)((long)elements * (part + 1) / _elementParts);
        chunk /= _elementParts;
        int firstPanel = chunk % _panelParts * _panelsEach, lastPanel = Math.Min(_panels, firstPanel + _panelsEach);
        chunk /= _panelParts;
        int group = chunk % _s.Groups, sum = chunk / _s.Groups;

        int first = sum * _chunkSegments, last = (int)Math.Min((long)_s.N * _outH * _segments, (long)first + _chunkSegments);
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, (2L * _blockSegments) + (3L * _channels));
        T* gathered = Scratch.Get<T>(ScratchUse.ConvGather, Constants + (_gather ? (long)_blockSegments * _segmentWidth * _width : 0));
        T* zeros = gathered, ones = gathered + Zeros;
        gathered += Constants;
        new Span<T>(zeros, Constants + (_gather ? _blockSegments * _segmentWidth * _width : 0)).Clear();
        W1<T>.Store(ones, W1<T>.Of(1));
        int* xRows = memory + (2 * _blockSegments), sumRows = xRows + _channels, zeroRows = sumRows + _channels;
        for (int i = 0; i < _channels; i++)
        {
            xRows[i] = i * _xStrides[1];
            sumRows[i] = i * _width;
            zeroRows[i] = 0;
        }
        T* sums = _sums + ((((nint)sum * _s.Groups) + group) * _panels * (nint)PanelLength);
        for (int block = first; block < last; block += _blockSegments)
        {
            int end = Math.Min(last, block + _blockSegments);
            for (int panel = firstPanel; panel < lastPanel; panel++)
            {
                T* dy = _dy + ((((nint)group * _outs) + ((nint)panel * _width)) * _dyStrides[1]);
                if (_gather) Gather(dy, gathered, block, end, Math.Min(_width, _outs - (panel * _width)));
                var call = new TileCall<T>
                {
                    Factors = _x + ((nint)group * _channels * _xStrides[1]),
                    Lanes = _gather ? gathered : dy,
                    FactorRuns = memory,
                    LaneRuns = memory + _blockSegments,
                    FactorStep = _s.StrideW * _xStrides[3],
                    LaneStep = _gather ? _width : _dyStrides[3],
                    ColumnStep = V.Count,
                    OutColumnStep = V.Count,
                    StartColumnStep = V.Count,
                    Repeat = 1,
                };
                for (int element = firstElement; element < lastElement; element++)
                {
                    Steps(ref call, block, end, element / _s.KernelW, element % _s.KernelW);
                    call.Out = sums + (panel * (nint)PanelLength) + ((nint)element * _channels * _width);
                    call.Start = block > first ? call.Out : zeros;
                    Tile(call, _channels, xRows, sumRows, block > first ? sumRows : zeroRows);
                }
                if (!_bias || part > 0) continue;
                // The bias is the weight of an input that is 1 everywhere.
                Pixels(ref call, block, end, (0, _outH), (0, _outW), 0, 0);
                new Span<int>(call.FactorRuns, call.Runs).Clear();
                call.Factors = ones;
                call.FactorStep = 0;
                call.Out = sums + (panel * (nint)PanelLength) + ((nint)elements * _channels * _width);
                call.Start = block > first ? call.Out : zeros;
                Tile(call, 1, zeroRows, zeroRows, zeroRows);
            }
        }
    }

    // The pixels of the block that see a kernel element inside the image.
    private readonly void Steps(ref TileCall<T> call, int block, int end, int u, int v)
    {
        int rowOffset = (u * _s.DilationH) - _s.PadH, columnOffset = (v * _s.DilationW) - _s.PadW;
        var rows = Inside(_s.H, _outH, _s.StrideH, rowOffset);
        var columns = Inside(_s.W, _outW, _s.StrideW, columnOffset);
        Pixels(ref call, block, end, rows, columns, rowOffset, columnOffset);
    }

    // The pixels of the block in the given rows and columns, as runs along rows.
    private readonly void Pixels(
        ref TileCall<T> call, int block, int end, (int First, int Last) rows, (int First, int Last) columns, int rowOffset, int columnOffset)
    {
        int row = Math.DivRem(block, _segments, out int segment), from = segment * _segmentWidth;
        int start = Math.Max(columns.First, from), stop = Math.Min(columns.Last, from + _segmentWidth);
        call.Runs = 0;
        if (start >= stop) return;
        call.Length = stop - start;
        int image = Math.DivRem(row, _outH, out row);
        for (int i = 0; i < end - block; i++, row++)
        {
            if (row == _outH) (row, image) = (0, image + 1);
            if (row < rows.First || row >= rows.Last) continue;
            call.FactorRuns[call.Runs] = (image * _xStrides[0]) + (((row * _s.StrideH) + rowOffset) * _xStrides[2])
                + (((start * _s.StrideW) + columnOffset) * _xStrides[3]);
            call.LaneRuns[call.Runs++] = _gather
                ? ((i * _segmentWidth) + start - from) * _width
                : (image * _dyStrides[0]) + (row * _dyStrides[2]) + (start * _dyStrides[3]);
        }
    }

    // The outputs along an axis that see a kernel element at `offset` from their window's first position inside the image.
    internal static (int First, int Last) Inside(int size, int outs, int stride, int offset)
    {
        int first = offset >= 0 ? 0 : (int)((-(long)offset + stride - 1) / stride);
        int last = offset >= size ? 0 : (int)(((long)size - 1 - offset) / stride) + 1;
        return (Math.Min(first, outs), Math.Min(last, outs));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Tile(TileCall<T> call, int channels, int* xRows, int* sumRows, int* startRows)
    {
        int widest = V.Count * sizeof(T) == 64 && _width > 2 * V.Count ? 4 : 2;
        T* lanes = call.Lanes, sums = call.Out, start = call.Start;
        int startStep = sums == start ? 1 : 0; // zeros are the same for all lanes
        for (int lane = 0; lane < _width; lane += widest * V.Count)
        {
            int columns = Math.Min(widest, (_width - lane) / V.Count), most = Tiles<V, T, NumberFactor>.MaxRows(columns);
            call.Lanes = lanes + lane;
            call.Out = sums + lane;
            call.Start = start + (lane * startStep);
            int tiles = (channels + most - 1) / most;
            for (int tile = 0, channel = 0; tile < tiles; tile++)
            {
                int rows = (channels - channel + tiles - tile - 1) / (tiles - tile);
                call.FactorRows = xRows + channel;
                call.OutRows = sumRows + channel;
                call.StartRows = startRows + channel;
                Tiles<V, T, NumberFactor>.Run(rows, columns, &call);
                channel += rows;
            }
        }
    }

    // The gradients of a block's pixels for one panel of output channels, side by side. Lanes beyond the last channel stay what they are:
    // numbers of no account.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Gather(T* dy, T* to, int block, int end, int outs)
    {
        int row = Math.DivRem(block, _segments, out int segment), from = segment * _segmentWidth;
        int image = Math.DivRem(row, _outH, out row), stepC = _dyStrides[1], stepW = _dyStrides[3];
        int pixels = Math.Min(_segmentWidth, _outW - from);
        for (int i = 0; i < end - block; i++, row++)
        {
            if (row == _outH) (row, image) = (0, image + 1);
            T* source = dy + ((nint)image * _dyStrides[0]) + ((nint)row * _dyStrides[2]) + ((nint)from * stepW);
            T* target = to + ((nint)i * _segmentWidth * _width);
            for (int p = 0; p < pixels; p++, source += stepW, target += _width)
            {
                int lane = 0;
                if (stepC == 1) for (; lane <= outs - V.Count; lane += V.Count) V.Store(target + lane, V.Load(source + lane));
                for (; lane < outs; lane++) target[lane] = source[(nint)lane * stepC];
            }
        }
    }
}
