using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of weights and bias with lanes over the batch, whose images lie side by side: tiles of output channels times neighboring
/// kernel elements, each sum kept in 16 float (8 double) virtual lanes over images and pixels. Chunks of rows are summed separately,
/// combined in a fixed tree, and so are the lanes at the end.
/// </summary>
internal readonly unsafe struct BatchWeights<V, T> : IJob where V : struct, ILane<V, T> where T : unmanaged
{
    private readonly BatchWeightPlan<T> _p;
    private readonly T* _x, _dy, _sums;

    /// <summary>
    /// Makes the job that writes the sums of all chunks. <paramref name="x"/> points at the first element of a stack with its padding, and
    /// both stacks hold whole registers of images.
    /// </summary>
    public BatchWeights(BatchWeightPlan<T> plan, T* x, T* dy, T* sums)
    {
        _p = plan;
        _x = x;
        _dy = dy;
        _sums = sums;
    }

    private static int LaneCount => VirtualLanes.Count<T>();

    private ref readonly ConvShape S => ref _p.Shape;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int part = chunk % _p.OuterParts;
        int firstOuter = (int)((long)_p.Outers * part / _p.OuterParts), lastOuter = (int)((long)_p.Outers * (part + 1) / _p.OuterParts);
        chunk /= _p.OuterParts;
        int group = chunk % S.Groups, rowChunk = chunk / S.Groups;
        int firstRow = rowChunk * _p.RowsEach, lastRow = Math.Min(_p.OutH, firstRow + _p.RowsEach);
        int weights = _p.Outers * _p.Columns;
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, (2L * _p.BlockRows * _p.BlockPixels) + (3L * _p.Outs));
        int* dyRows = memory + (2 * _p.BlockRows * _p.BlockPixels), sumRows = dyRows + _p.Outs, biasRows = sumRows + _p.Outs;
        for (int i = 0; i < _p.Outs; i++)
        {
            dyRows[i] = i * _p.Dy[1];
            sumRows[i] = i * weights * LaneCount;
            biasRows[i] = i * LaneCount;
        }
        T* chunkSums = _sums + (rowChunk * (nint)_p.Sums * LaneCount);
        T* sums = chunkSums + ((nint)group * _p.Outs * weights * LaneCount);
        T* biases = chunkSums + (((nint)S.WeightLength + (group * _p.Outs)) * LaneCount);
        bool biasToo = _p.Problem.HasBias && part == 0;
        T* ones = Scratch.Get<T>(ScratchUse.ConvGather, LaneCount);
        for (int i = 0; i < LaneCount; i++) W1<T>.Store(ones + i, W1<T>.Of(1));
        if (biasToo) new Span<T>(biases, _p.Outs * LaneCount).Clear();
        var call = new TileCall<T>
        {
            FactorRuns = memory,
            LaneRuns = memory + (_p.BlockRows * _p.BlockPixels),
            FactorStep = LaneCount,
            LaneStep = LaneCount,
            ColumnStep = _p.ColumnStep,
            OutColumnStep = LaneCount,
            StartColumnStep = LaneCount,
            Repeat = 1,
        };
        int length = (lastOuter - firstOuter) * _p.Columns * LaneCount;
        for (int i = 0; i < _p.Outs; i++) new Span<T>(sums + sumRows[i] + ((nint)firstOuter * _p.Columns * LaneCount), length).Clear();
        for (int row = firstRow; row < lastRow; row += _p.BlockRows)
        {
            for (int column = 0; column < _p.OutW; column += _p.BlockPixels)
            {
                Steps(ref call, Math.Min(_p.BlockRows, lastRow - row), Math.Min(_p.BlockPixels, _p.OutW - column));
                T* dy = _dy + ((nint)group * _p.Outs * _p.Dy[1]) + ((nint)row * _p.Dy[2]) + ((nint)column * _p.Dy[3]);
                T* x = _x + ((nint)group * _p.Channels * _p.X[1]) + ((nint)row * S.StrideH * _p.X[2])
                    + ((nint)column * S.StrideW * _p.X[3]);
                int tiles = (_p.Outs + _p.TileRows - 1) / _p.TileRows;
                for (int tile = 0, first = 0; tile < tiles; tile++)
                {
                    int rows = (_p.Outs - first + tiles - tile - 1) / (tiles - tile);
                    call.FactorRows = dyRows + first;
                    call.OutRows = call.StartRows = sumRows + first;
                    for (int outer = firstOuter; outer < lastOuter; outer++)
                    {
                        int channel = S.KernelW > 1 ? outer / S.KernelH : outer, u = S.KernelW > 1 ? outer % S.KernelH : 0;
                        T* from = x + ((nint)channel * _p.X[1]) + ((nint)u * S.DilationH * _p.X[2]);
                        Strips(call, rows, from, dy, sums + ((nint)outer * _p.Columns * LaneCount));
                    }
                    first += rows;
                }
                if (biasToo) Bias(call, ones, dy, biases, dyRows, biasRows);
            }
        }
    }

    // The bias is the weight of an input that is 1 everywhere.
    private void Bias(TileCall<T> call, T* ones, T* dy, T* biases, int* dyRows, int* biasRows)
    {
        new Span<int>(call.LaneRuns, call.Runs).Clear();
        call.LaneStep = 0;
        int most = Tiles<V, T, LanesFactor>.MaxRows(1);
        for (int first = 0; first < _p.Outs; first += most)
        {
            call.FactorRows = dyRows + first;
            call.OutRows = call.StartRows = biasRows + first;
            for (int lane = 0; lane < LaneCount; lane += V.Count)
            {
                call.Factors = dy + lane;
                call.Lanes = ones;
                call.Out = call.Start = biases + lane;
                Tiles<V, T, LanesFactor>.Run(Math.Min(most, _p.Outs - first), 1, &call);
            }
        }
    }

    // The pixels of a block with all their images: one run a row where they lie side by side in both stacks.
    private void Steps(ref TileCall<T> call, int rows, int pixels)
    {
        int xStep = S.StrideW * _p.X[3], dyStep = _p.Dy[3], registers = _p.Images / LaneCount;
        bool whole = xStep == _p.Images && dyStep == _p.Images;
        int runs = whole ? 1 : pixels;
        call.Runs = 0;
        call.Length = whole ? pixels * registers : registers;
        for (int row = 0; row < rows; row++)
        {
            for (int i = 0; i < runs; i++)
            {
                call.FactorRuns[call.Runs] = (row * _p.Dy[2]) + (i * dyStep);
                call.LaneRuns[call.Runs++] = (row * S.StrideH * _p.X[2]) + (i * xStep);
            }
        }
    }

    // A tile's output channels against one row of kernel elements, a few elements at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Strips(TileCall<T> call, int rows, T* x, T* dy, T* sums)
    {
        for (int strip = 0, column = 0; strip < _p.Strips; strip++)
        {
            int columns = (_p.Columns - column + _p.Strips - strip - 1) / (_p.Strips - strip),
                most = Tiles<V, T, LanesFactor>.MaxRows(columns);
            T* lanes = x + ((nint)column * _p.ColumnStep), to = sums + ((nint)column * LaneCount);
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
