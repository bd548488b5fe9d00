using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>A correlation in which each channel sees itself only: four neighbouring pixels at a time share each load of weights.</summary>
internal unsafe struct DepthwiseCorrelation<V, T, A> : IJob where V : struct, ILane<V, T> where T : unmanaged where A : struct, IUnaryLane
{
    private const int ChunkNumbers = 32768;

    private Correlation<T> _c;
    private T* _weights;
    private A _activation;
    private int _channels, _rowsEach, _rowParts;

    /// <summary>Computes the target from the source and weights [kernel element][channel]. The channels fill at least one register.</summary>
    public static void Go(in Correlation<T> correlation, T* weights, A activation)
    {
        var job = new DepthwiseCorrelation<V, T, A> { _c = correlation, _weights = weights, _activation = activation, _channels = correlation.Groups };
        job._rowsEach = (int)Math.Clamp(ChunkNumbers / ((long)correlation.Width * job._channels), 1, correlation.Height);
        job._rowParts = (correlation.Height + job._rowsEach - 1) / job._rowsEach;
        if (correlation.Bias == null)
        {
            job._c.Bias = Scratch.Get<T>(ScratchUse.ConvBias, job._channels);
            new Span<T>(job._c.Bias, job._channels).Clear();
        }
        Team.Run(checked(correlation.N * job._rowParts), ref job);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        int first = chunk % _rowParts * _rowsEach, last = Math.Min(_c.Height, first + _rowsEach), elements = _c.KernelH * _c.KernelW;
        int* memory = Scratch.Get<int>(ScratchUse.ConvChunk, 4L * elements);
        var taps = new Taps { Source = memory + (2 * elements), Weight = memory + (3 * elements) };
        T* source = _c.Source + ((nint)(chunk / _rowParts) * _c.SourceN), target = _c.Target + ((nint)(chunk / _rowParts) * _c.TargetN);
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

    // Neighbouring pixels that see the same kernel elements. The last register of channels overlaps the one before where registers do not divide them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Pixels(in Taps taps, int count, T* from, nint fromStep, T* to, nint toStep)
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
                for (int tap = 0; tap < taps.Count; tap++) sum = V.Fma(V.Load(from + c + taps.Source[tap]), V.Load(_weights + c + taps.Weight[tap]), sum);
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
