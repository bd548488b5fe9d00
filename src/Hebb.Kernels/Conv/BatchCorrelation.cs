using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A correlation with lanes over the batch, whose images lie side by side in source and target: tiles of several target channels times
/// up to four registers of images, walked along a row of pixels. Weights are broadcast from where they lie.
/// </summary>
internal unsafe struct BatchCorrelation<V, T, A> : IJob where V : struct, ILane<V, T> where T : unmanaged where A : struct, IUnaryLane
{
    // A chunk is a few rows of all channels of a group, at least about this much work.
    private const long ChunkFlops = 1 << 21;

    private Correlation<T> _c;
    private T* _bias; // each channel's in a whole register
    private A _activation;
    private int _rowsEach, _rowParts, _columns, _blocks, _tiles;

    /// <summary>Computes the target from the source; the batch fills at least one register.</summary>
    public static void Go(in Correlation<T> correlation, A activation)
    {
        var job = new BatchCorrelation<V, T, A> { _c = correlation, _activation = activation };
        Team.Run(job.Cut(), ref job);
    }

    private int Cut()
    {
        // The tile columns that cover the batch with the least work; blocks overlap where they do not divide it.
        int best = int.MaxValue;
        for (int columns = 1; columns <= 4 && columns * V.Count <= _c.N; columns++)
        {
            if (Tiles<V, T, NumberFactor>.MaxRows(columns) < 4) break;
            int blocks = (_c.N + (columns * V.Count) - 1) / (columns * V.Count);
            if (blocks * columns > best) continue;
            best = blocks * columns;
            (_columns, _blocks) = (columns, blocks);
        }
        int rows = Tiles<V, T, NumberFactor>.MaxRows(_columns);
        _tiles = (_c.TargetChannels + rows - 1) / rows;
        int channels = _c.Groups * _c.TargetChannels;
        _bias = Scratch.Get<T>(ScratchUse.ConvBias, (long)channels * V.Count);
        for (int i = 0; i < channels; i++) V.Store(_bias + (i * V.Count), _c.Bias == null ? V.Of(0) : V.Broadcast(_c.Bias + i));

        // How the work is cut depends on the shape alone.
        long rowFlops = Math.Max(1, 2L * _c.N * _c.Width * _c.Depth * _c.TargetChannels);
        _rowsEach = (int)Math.Clamp(ChunkFlops / rowFlops, 1, _c.Height);
        _rowParts = (_c.Height + _rowsEach - 1) / _rowsEach;
        return checked(_c.Groups * _rowParts);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int group = chunk / _rowParts, firstRow = chunk % _rowParts * _rowsEach, lastRow = Math.Min(_c.Height, firstRow + _rowsEach);
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, (2L * _c.KernelH * _c.KernelW) + (3L * _c.TargetChannels));
        int* weightRows = memory + (2L * _c.KernelH * _c.KernelW);
        int* targetRows = weightRows + _c.TargetChannels, biasRows = targetRows + _c.TargetChannels;
        for (int i = 0; i < _c.TargetChannels; i++)
        {
            weightRows[i] = i * _c.WeightTarget;
            targetRows[i] = i * _c.TargetC;
            biasRows[i] = i * V.Count;
        }
        for (int r = 0; r < _c.Rows.RunCount; r++)
        {
            AxisRun row = _c.Rows.Runs[r];
            (int skip, int end) = row.Within(firstRow, lastRow);
            for (int k = 0; k < _c.Columns.RunCount && skip < end; k++)
            {
                AxisRun column = _c.Columns.Runs[k];
                StepList steps = _c.Steps(row, column, 1, _c.WeightSource, memory);
                var call = new TileCall<T>
                {
                    FactorRuns = steps.Weight,
                    FactorStep = steps.WeightStep,
                    LaneRuns = steps.Source,
                    LaneStep = steps.SourceStep,
                    Runs = steps.Runs,
                    Length = steps.Length,
                    ColumnStep = V.Count,
                    OutColumnStep = V.Count,
                    StartRows = biasRows,
                    Repeat = column.Count,
                    LaneAdvance = column.InStep * _c.SourceW,
                    OutAdvance = column.OutStep * _c.TargetW,
                };
                for (int q = skip; q < end; q++)
                {
                    T* source = _c.Source + ((nint)group * _c.SourceChannels * _c.SourceC)
                        + ((nint)(row.In + (q * row.InStep)) * _c.SourceH) + ((nint)column.In * _c.SourceW);
                    T* target = _c.Target + ((nint)group * _c.TargetChannels * _c.TargetC)
                        + ((nint)(row.Out + (q * row.OutStep)) * _c.TargetH) + ((nint)column.Out * _c.TargetW);
                    Pixels(call, group, source, target, weightRows, targetRows);
                }
            }
        }
    }

    // A row of pixels: all images, all channels of the group.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pixels(TileCall<T> call, int group, T* source, T* target, int* weightRows, int* targetRows)
    {
        int width = _columns * V.Count;
        call.Factors = _c.Weights + ((nint)group * _c.WeightGroup);
        for (int block = 0; block < _blocks; block++)
        {
            int image = Math.Min(block * width, _c.N - width);
            call.Lanes = source + image;
            call.Out = target + image;
            for (int tile = 0, channel = 0; tile < _tiles; tile++)
            {
                int rows = (_c.TargetChannels - channel + _tiles - tile - 1) / (_tiles - tile);
                call.FactorRows = weightRows + channel;
                call.OutRows = targetRows + channel;
                call.Start = _bias + ((((nint)group * _c.TargetChannels) + channel) * V.Count);
                Tiles<V, T, NumberFactor>.Run(rows, _columns, &call);
                channel += rows;
            }
            if (typeof(A) == typeof(NoActivation) && !_c.Scale.IsNeeded) continue;
            for (int i = 0; i < _c.TargetChannels; i++)
            {
                T* y = call.Out + targetRows[i];
                for (int q = 0; q < call.Repeat; q++, y += call.OutAdvance)
                {
                    if (_c.Scale.IsNeeded) _c.Scale.AlongChannel<V>(y, (group * _c.TargetChannels) + i, width);
                    Activation<V, T, A>.Apply(y, width, _activation);
                }
            }
        }
    }
}
