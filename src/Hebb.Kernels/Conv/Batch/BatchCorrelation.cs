using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A correlation with lanes over the batch, whose images lie side by side in source and target: tiles of several target channels times
/// up to four registers of images, walked along a row of pixels. Weights are broadcast from where they lie.
/// </summary>
internal readonly unsafe struct BatchCorrelation<V, T, A> : IJob
    where V : struct, ILane<V, T> where T : unmanaged where A : struct, IBinaryLane
{
    private readonly BatchPlan<T> _p;
    private readonly Correlation<T> _c;
    private readonly T* _bias; // each channel's in a whole register
    private readonly A _activation;
    private readonly int _columns, _blocks, _tiles;

    /// <summary>Makes the job of a correlation whose batch fills at least one register.</summary>
    public BatchCorrelation(BatchPlan<T> plan, in Correlation<T> correlation, A activation)
    {
        _p = plan;
        _c = correlation;
        _activation = activation;
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
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int group = chunk / _p.RowParts, firstRow = chunk % _p.RowParts * _p.RowsEach,
            lastRow = Math.Min(_c.Height, firstRow + _p.RowsEach);
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
    private void Pixels(TileCall<T> call, int group, T* source, T* target, int* weightRows, int* targetRows)
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
                Tiles<V, T, NumberFactor>.RunInBlocks(rows, _columns, &call);
                channel += rows;
            }
            if (typeof(A) == typeof(FirstOfPair<NoActivation>) && !_c.Scale.IsNeeded) continue;
            for (int i = 0; i < _c.TargetChannels; i++)
            {
                T* y = call.Out + targetRows[i];
                for (int q = 0; q < call.Repeat; q++, y += call.OutAdvance)
                {
                    if (_c.Scale.IsNeeded) _c.Scale.AlongChannel<V>(y, (group * _c.TargetChannels) + i, width);
                    Activation<V, T, A>.Apply(y, y + _c.Other, width, _activation);
                }
            }
        }
    }
}
