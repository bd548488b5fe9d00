using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A correlation with lanes over target channels: tiles of up to 14 pixels times two registers of channels. Each pixel's source numbers
/// are broadcast from where the image lies, in any layout; weights come from <see cref="WeightPanels{T}"/>.
/// </summary>
internal readonly unsafe struct ChannelCorrelation<V, T, A> : IJob
    where V : struct, ILane<V, T> where T : unmanaged where A : struct, IBinaryLane
{
    private readonly ChannelPlan<T> _p;
    private readonly Correlation<T> _c;
    private readonly T* _panels, _bias;
    private readonly A _activation;

    /// <summary>Makes the job of a correlation whose weights and bias are in whole panels.</summary>
    public ChannelCorrelation(ChannelPlan<T> plan, in Correlation<T> correlation, T* panels, T* bias, A activation)
    {
        _p = plan;
        _c = correlation;
        _panels = panels;
        _bias = bias;
        _activation = activation;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int firstPanel = chunk % _p.Panels.Count * _p.Panels.Each;
        chunk /= _p.Panels.Count;
        int firstRow = chunk % _p.Rows.Count * _p.Rows.Each, lastRow = Math.Min(_c.Height, firstRow + _p.Rows.Each);
        chunk /= _p.Rows.Count;
        int firstImage = chunk % _p.Images.Count * _p.Images.Each, images = Math.Min(_p.Images.Each, _c.N - firstImage);
        int group = chunk / _p.Images.Count;
        int lastPanel = Math.Min(_p.PanelCount, firstPanel + _p.Panels.Each);

        var part = new Part
        {
            Source = _c.Source + ((nint)firstImage * _c.SourceN) + ((nint)group * _c.SourceChannels * _c.SourceC),
            Target = _c.Target + ((nint)firstImage * _c.TargetN) + ((nint)group * _c.TargetChannels * _c.TargetC),
            FirstPanel = firstPanel,
            LastPanel = lastPanel,
            Group = group,
        };
        int most = images * _p.Rows.Each * _c.Width, elements = _c.KernelH * _c.KernelW;
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, 2L * (most + elements));
        part.From = memory + (2 * elements);
        part.To = part.From + most;
        for (int r = 0; r < _c.Rows.RunCount; r++)
        {
            AxisRun row = _c.Rows.Runs[r];
            (int skip, int end) = row.Within(firstRow, lastRow);
            if (skip >= end) continue;
            for (int k = 0; k < _c.Columns.RunCount; k++)
            {
                AxisRun column = _c.Columns.Runs[k];
                part.Pixels = Pixels(ref part, images, row, skip, end, column);
                part.Steps = _c.Steps(row, column, _c.SourceChannels * WeightPanels<T>.Width, WeightPanels<T>.Width, memory);
                Panels(ref part);
            }
        }
    }

    // Lists where each pixel of the runs is read and written.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Pixels(ref Part part, int images, in AxisRun row, int skip, int end, in AxisRun column)
    {
        int count = 0;
        for (int n = 0; n < images; n++)
        {
            for (int q = skip; q < end; q++)
            {
                int from = (n * _c.SourceN) + ((row.In + (q * row.InStep)) * _c.SourceH) + (column.In * _c.SourceW);
                int to = (n * _c.TargetN) + ((row.Out + (q * row.OutStep)) * _c.TargetH) + (column.Out * _c.TargetW);
                for (int p = 0; p < column.Count; p++)
                {
                    part.From[count] = from;
                    part.To[count++] = to;
                    from += column.InStep * _c.SourceW;
                    to += column.OutStep * _c.TargetW;
                }
            }
        }
        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Panels(ref Part part)
    {
        int width = WeightPanels<T>.Width, panelLength = _c.Depth * width;
        var call = new TileCall<T>
        {
            Factors = part.Source,
            FactorRuns = part.Steps.Source,
            FactorStep = part.Steps.SourceStep,
            LaneRuns = part.Steps.Weight,
            LaneStep = part.Steps.WeightStep,
            ColumnStep = V.Count,
            Runs = part.Steps.Runs,
            Length = part.Steps.Length,
            OutColumnStep = V.Count,
            StartColumnStep = V.Count,
            StartAdvance = width,
            LaneAdvance = panelLength,
            OutAdvance = width,
        };
        // Weights that stay in the first-level cache are walked by the tile itself, panel after panel.
        bool together = 2 * V.Count == width
            && (long)panelLength * sizeof(T) * (part.LastPanel - part.FirstPanel) <= ChannelPlan<T>.SmallWeightBytes;
        for (int panel = part.FirstPanel; panel < part.LastPanel; panel += call.Repeat)
        {
            int channel = panel * width, valid = Math.Min(width, _c.TargetChannels - channel);
            call.Repeat = together && valid == width ? Math.Min(part.LastPanel, _c.TargetChannels / width) - panel : 1;
            for (int lane = 0; lane < valid; lane += 2 * V.Count)
            {
                int columns = valid - lane > V.Count ? 2 : 1;
                nint at = ((nint)part.Group * _p.PanelCount) + panel;
                call.Lanes = _panels + (at * panelLength) + lane;
                call.Start = _bias + (at * width) + lane;
                call.Out = part.Target + channel + lane;
                Tile(ref call, part, columns, Math.Min(valid - lane, columns * V.Count), (part.Group * _c.TargetChannels) + channel + lane);
            }
        }
    }

    // All pixels against a few columns of channels, of which `valid` exist; the first is `channel` among those of all groups.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile(ref TileCall<T> shared, in Part part, int columns, int valid, int channel)
    {
        TileCall<T> call = shared;
        int tiles = (part.Pixels + Tiles<V, T, NumberFactor>.MaxRows(columns) - 1) / Tiles<V, T, NumberFactor>.MaxRows(columns);
        int* to = stackalloc int[16], zeros = stackalloc int[16];
        // Where a register of channels is not whole: the numbers of a tile, and then the activation's second operands.
        T* partial = stackalloc T[2 * 16 * 2 * V.Count];
        new Span<int>(zeros, 16).Clear();
        call.StartRows = zeros;
        bool whole = valid == columns * V.Count;
        nint other = whole || _c.Other == 0 ? _c.Other : 16 * 2 * V.Count;
        if (!whole)
        {
            for (int i = 0; i < 16; i++) to[i] = i * columns * V.Count;
            call.Out = partial;
            call.OutRows = to;
        }
        for (int tile = 0, pixel = 0; tile < tiles; tile++)
        {
            int rows = (part.Pixels - pixel + tiles - tile - 1) / (tiles - tile);
            call.FactorRows = part.From + pixel;
            if (whole) call.OutRows = part.To + pixel;
            Tiles<V, T, NumberFactor>.RunInBlocks(rows, columns, &call);
            if (_c.Scale.IsNeeded || typeof(A) != typeof(FirstOfPair<NoActivation>))
            {
                for (int i = 0; i < rows && !whole && other != 0; i++)
                    ShortRow<T>.Copy(valid, shared.Out + part.To[pixel + i] + _c.Other, partial + to[i] + other);
                Finish(call.Out, call.OutRows, rows, columns + ((call.Repeat - 1) * call.OutAdvance / V.Count), channel, other);
            }
            for (int i = 0; i < rows && !whole; i++) ShortRow<T>.Copy(valid, partial + to[i], shared.Out + part.To[pixel + i]);
            pixel += rows;
        }
    }

    // Normalizes and activates the pixels that a tile has just written, registers of channels from one on.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Finish(T* pixels, int* at, int rows, int registers, int channel, nint other)
    {
        ChannelScale<T> scale = _c.Scale;
        A activation = _activation;
        for (int register = 0; register < registers; register++, pixels += V.Count, channel += V.Count)
            scale.AcrossPixels<V, A>(pixels, at, rows, channel, activation, other);
    }

    private struct Part
    {
        public T* Source, Target;
        public int FirstPanel, LastPanel, Group, Pixels;
        public int* From, To;
        public StepList Steps;
    }
}
