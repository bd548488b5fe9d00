using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of weights and bias with lanes over output channels: for each kernel element, tiles of input channels (broadcast from the
/// image, in any layout) times registers of output channels, summed over pixels. Chunks of about 4096 pixels are summed separately and
/// combined in a fixed tree.
/// </summary>
internal readonly unsafe struct ChannelWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    // Memory before the gathered gradients: zeros, in which sums begin, and ones, which the bias is multiplied with.
    private const int Zeros = 64;
    private const int Constants = 2 * Zeros;

    private readonly ChannelWeightPlan<T> _p;
    private readonly T* _x, _dy, _sums;

    /// <summary>Makes the job that writes the sums of all chunks.</summary>
    public ChannelWeights(ChannelWeightPlan<T> plan, T* x, T* dy, T* sums)
    {
        _p = plan;
        _x = x;
        _dy = dy;
        _sums = sums;
    }

    private ref readonly ConvShape S => ref _p.Shape;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int elements = S.KernelH * S.KernelW, part = chunk % _p.ElementParts;
        int firstElement = (int)((long)elements * part / _p.ElementParts),
            lastElement = (int)((long)elements * (part + 1) / _p.ElementParts);
        chunk /= _p.ElementParts;
        int firstPanel = chunk % _p.PanelParts * _p.PanelsEach, lastPanel = Math.Min(_p.Panels, firstPanel + _p.PanelsEach);
        chunk /= _p.PanelParts;
        int group = chunk % S.Groups, sum = chunk / S.Groups;

        int first = sum * _p.ChunkSegments, last = (int)Math.Min((long)S.N * _p.OutH * _p.Segments, (long)first + _p.ChunkSegments);
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, (2L * _p.BlockSegments) + (3L * _p.Channels));
        int gathers = _p.Gathers ? _p.BlockSegments * _p.SegmentWidth * _p.Width : 0;
        T* gathered = Scratch.Get<T>(ScratchUse.ConvGather, Constants + gathers);
        T* zeros = gathered, ones = gathered + Zeros;
        gathered += Constants;
        new Span<T>(zeros, Constants + gathers).Clear();
        W1<T>.Store(ones, W1<T>.Of(1));
        int* xRows = memory + (2 * _p.BlockSegments), sumRows = xRows + _p.Channels, zeroRows = sumRows + _p.Channels;
        for (int i = 0; i < _p.Channels; i++)
        {
            xRows[i] = i * _p.X[1];
            sumRows[i] = i * _p.Width;
            zeroRows[i] = 0;
        }
        T* sums = _sums + ((((nint)sum * S.Groups) + group) * _p.Panels * (nint)_p.PanelLength);
        for (int block = first; block < last; block += _p.BlockSegments)
        {
            int end = Math.Min(last, block + _p.BlockSegments);
            for (int panel = firstPanel; panel < lastPanel; panel++)
            {
                T* dy = _dy + ((((nint)group * _p.Outs) + ((nint)panel * _p.Width)) * _p.Dy[1]);
                if (_p.Gathers) Gather(dy, gathered, block, end, Math.Min(_p.Width, _p.Outs - (panel * _p.Width)));
                var call = new TileCall<T>
                {
                    Factors = _x + ((nint)group * _p.Channels * _p.X[1]),
                    Lanes = _p.Gathers ? gathered : dy,
                    FactorRuns = memory,
                    LaneRuns = memory + _p.BlockSegments,
                    FactorStep = S.StrideW * _p.X[3],
                    LaneStep = _p.Gathers ? _p.Width : _p.Dy[3],
                    ColumnStep = V.Count,
                    OutColumnStep = V.Count,
                    Start = zeros,
                    Repeat = 1,
                };
                for (int element = firstElement; element < lastElement; element++)
                {
                    Steps(ref call, block, end, element / S.KernelW, element % S.KernelW);
                    call.Out = sums + (panel * (nint)_p.PanelLength) + ((nint)element * _p.Channels * _p.Width);
                    Tile(call, _p.Channels, xRows, sumRows, zeroRows, block > first);
                }
                if (!_p.Problem.HasBias || part > 0) continue;
                // The bias is the weight of an input that is 1 everywhere.
                Pixels(ref call, block, end, (0, _p.OutH), (0, _p.OutW), 0, 0);
                new Span<int>(call.FactorRuns, call.Runs).Clear();
                call.Factors = ones;
                call.FactorStep = 0;
                call.Out = sums + (panel * (nint)_p.PanelLength) + ((nint)elements * _p.Channels * _p.Width);
                Tile(call, 1, zeroRows, zeroRows, zeroRows, block > first);
            }
        }
    }

    // The pixels of the block that see a kernel element inside the image.
    private void Steps(ref TileCall<T> call, int block, int end, int u, int v)
    {
        int rowOffset = (u * S.DilationH) - S.PadH, columnOffset = (v * S.DilationW) - S.PadW;
        var rows = ChannelWeightPlan<T>.Inside(S.H, _p.OutH, S.StrideH, rowOffset);
        var columns = ChannelWeightPlan<T>.Inside(S.W, _p.OutW, S.StrideW, columnOffset);
        Pixels(ref call, block, end, rows, columns, rowOffset, columnOffset);
    }

    // The pixels of the block in the given rows and columns, as runs along rows.
    private void Pixels(
        ref TileCall<T> call, int block, int end, (int First, int Last) rows, (int First, int Last) columns, int rowOffset,
        int columnOffset)
    {
        int row = Math.DivRem(block, _p.Segments, out int segment), from = segment * _p.SegmentWidth;
        int start = Math.Max(columns.First, from), stop = Math.Min(columns.Last, from + _p.SegmentWidth);
        call.Runs = 0;
        if (start >= stop) return;
        call.Length = stop - start;
        int image = Math.DivRem(row, _p.OutH, out row);
        for (int i = 0; i < end - block; i++, row++)
        {
            if (row == _p.OutH) (row, image) = (0, image + 1);
            if (row < rows.First || row >= rows.Last) continue;
            call.FactorRuns[call.Runs] = (image * _p.X[0]) + (((row * S.StrideH) + rowOffset) * _p.X[2])
                + (((start * S.StrideW) + columnOffset) * _p.X[3]);
            call.LaneRuns[call.Runs++] = _p.Gathers
                ? ((i * _p.SegmentWidth) + start - from) * _p.Width
                : (image * _p.Dy[0]) + (row * _p.Dy[2]) + (start * _p.Dy[3]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile(TileCall<T> call, int channels, int* xRows, int* sumRows, int* zeroRows, bool adds)
    {
        int widest = V.Count * sizeof(T) == 64 && _p.Width > 2 * V.Count ? 4 : 2;
        T* lanes = call.Lanes, sums = call.Out;
        for (int lane = 0; lane < _p.Width; lane += widest * V.Count)
        {
            int columns = Math.Min(widest, (_p.Width - lane) / V.Count), most = Tiles<V, T, NumberFactor>.MaxRows(columns);
            call.Lanes = lanes + lane;
            call.Out = sums + lane;
            int tiles = (channels + most - 1) / most;
            for (int tile = 0, channel = 0; tile < tiles; tile++)
            {
                int rows = (channels - channel + tiles - tile - 1) / (tiles - tile);
                call.FactorRows = xRows + channel;
                call.OutRows = sumRows + channel;
                call.StartRows = zeroRows;
                if (adds) Tiles<V, T, NumberFactor>.Add(rows, columns, &call);
                else Tiles<V, T, NumberFactor>.Run(rows, columns, &call);
                channel += rows;
            }
        }
    }

    // The gradients of a block's pixels for one panel of output channels, side by side. Lanes beyond the last channel stay what they are:
    // never read.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(T* dy, T* to, int block, int end, int outs)
    {
        int row = Math.DivRem(block, _p.Segments, out int segment), from = segment * _p.SegmentWidth;
        int image = Math.DivRem(row, _p.OutH, out row), stepC = _p.Dy[1], stepW = _p.Dy[3];
        int pixels = Math.Min(_p.SegmentWidth, _p.OutW - from);
        for (int i = 0; i < end - block; i++, row++)
        {
            if (row == _p.OutH) (row, image) = (0, image + 1);
            T* source = dy + ((nint)image * _p.Dy[0]) + ((nint)row * _p.Dy[2]) + ((nint)from * stepW);
            T* target = to + ((nint)i * _p.SegmentWidth * _p.Width);
            for (int p = 0; p < pixels; p++, source += stepW, target += _p.Width)
            {
                int lane = 0;
                if (stepC == 1) for (; lane <= outs - V.Count; lane += V.Count) V.Store(target + lane, V.Load(source + lane));
                for (; lane < outs; lane++) target[lane] = source[(nint)lane * stepC];
            }
        }
    }
}
