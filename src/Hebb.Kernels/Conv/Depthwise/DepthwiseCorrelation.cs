using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A correlation in which each channel sees itself only: four neighboring pixels at a time share each load of weights.</summary>
internal readonly unsafe struct DepthwiseCorrelation<V, T, A> : IJob
    where V : struct, ILane<V, T> where T : unmanaged where A : struct, IUnaryLane
{
    private readonly DepthwisePlan<T> _p;
    private readonly Correlation<T> _c;
    private readonly T* _weights;
    private readonly A _activation;
    private readonly int _channels;

    /// <summary>Makes the job of a correlation with weights [kernel element][channel]. The channels fill at least one register.</summary>
    public DepthwiseCorrelation(DepthwisePlan<T> plan, in Correlation<T> correlation, T* weights, A activation)
    {
        _p = plan;
        _c = correlation;
        _weights = weights;
        _activation = activation;
        _channels = correlation.Groups;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int chunk)
    {
        int first = chunk % _p.RowParts * _p.RowsEach, last = Math.Min(_c.Height, first + _p.RowsEach), elements = _c.KernelH * _c.KernelW;
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, 4L * elements);
        var taps = new Taps { Source = memory + (2 * elements), Weight = memory + (3 * elements) };
        T* source = _c.Source + ((nint)(chunk / _p.RowParts) * _c.SourceN), target = _c.Target + ((nint)(chunk / _p.RowParts) * _c.TargetN);
        for (int r = 0; r < _c.Rows.RunCount; r++)
        {
            AxisRun row = _c.Rows.Runs[r];
            (int skip, int end) = row.Within(first, last);
            for (int k = 0; k < _c.Columns.RunCount && skip < end; k++)
            {
                AxisRun column = _c.Columns.Runs[k];
                taps.List(_c.Steps(row, column, _channels, 0, memory));
                for (int q = skip; q < end; q++)
                {
                    T* from = source + ((nint)(row.In + (q * row.InStep)) * _c.SourceH) + ((nint)column.In * _c.SourceW);
                    T* to = target + ((nint)(row.Out + (q * row.OutStep)) * _c.TargetH) + ((nint)column.Out * _c.TargetW);
                    Pixels(taps, column.Count, from, (nint)column.InStep * _c.SourceW, to, (nint)column.OutStep * _c.TargetW);
                }
            }
        }
    }

    // Neighboring pixels that see the same kernel elements. The last register of channels overlaps the one before where registers do not
    // divide them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pixels(in Taps taps, int count, T* from, nint fromStep, T* to, nint toStep)
    {
        int pixel = 0;
        for (; pixel <= count - 4; pixel += 4, from += 4 * fromStep, to += 4 * toStep)
        {
            for (int lane = 0; lane < _channels; lane += V.Count)
            {
                int c = Math.Min(lane, _channels - V.Count);
                V s0 = V.Load(_c.Bias + c), s1 = s0, s2 = s0, s3 = s0;
                T* x = from + c, w = _weights + c;
                for (int tap = 0; tap < taps.Count; tap++)
                {
                    T* at = x + taps.Source[tap];
                    V weight = V.Load(w + taps.Weight[tap]);
                    s0 = V.Fma(V.Load(at), weight, s0);
                    s1 = V.Fma(V.Load(at + fromStep), weight, s1);
                    s2 = V.Fma(V.Load(at + (2 * fromStep)), weight, s2);
                    s3 = V.Fma(V.Load(at + (3 * fromStep)), weight, s3);
                }
                T* y = to + c;
                V.Store(y, _activation.Lane(_c.Scale.Of(s0, c)));
                V.Store(y + toStep, _activation.Lane(_c.Scale.Of(s1, c)));
                V.Store(y + (2 * toStep), _activation.Lane(_c.Scale.Of(s2, c)));
                V.Store(y + (3 * toStep), _activation.Lane(_c.Scale.Of(s3, c)));
            }
        }
        for (; pixel < count; pixel++, from += fromStep, to += toStep)
        {
            for (int lane = 0; lane < _channels; lane += V.Count)
            {
                int c = Math.Min(lane, _channels - V.Count);
                V sum = V.Load(_c.Bias + c);
                for (int tap = 0; tap < taps.Count; tap++)
                    sum = V.Fma(V.Load(from + c + taps.Source[tap]), V.Load(_weights + c + taps.Weight[tap]), sum);
                V.Store(to + c, _activation.Lane(_c.Scale.Of(sum, c)));
            }
        }
    }

    /// <summary>Where each kernel element finds its number and its weight.</summary>
    private struct Taps
    {
        public int* Source, Weight;
        public int Count;

        public void List(in StepList steps)
        {
            Count = 0;
            for (int run = 0; run < steps.Runs; run++)
            {
                for (int i = 0; i < steps.Length; i++)
                {
                    Source[Count] = steps.Source[run] + (i * steps.SourceStep);
                    Weight[Count++] = steps.Weight[run] + (i * steps.WeightStep);
                }
            }
        }
    }
}
