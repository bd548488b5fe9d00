using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A correlation in which each channel sees itself only. The nine weights of a kernel of 3 x 3 stay in registers along a row of pixels;
/// with other kernels, and at borders, four neighboring pixels share each load of weights.
/// </summary>
internal readonly unsafe struct DepthwiseCorrelation<V, T, A> : IJob
    where V : struct, ILane<V, T> where T : unmanaged where A : struct, IBinaryLane
{
    private const int NearNumbers = 2048;

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
                    nint fromStep = (nint)column.InStep * _c.SourceW, toStep = (nint)column.OutStep * _c.TargetW;
                    if (row.Taps == 3 && column.Taps == 3) Nine(taps, column.Count, from, fromStep, to, toStep);
                    else Pixels(taps, column.Count, from, fromStep, to, toStep);
                }
            }
        }
    }

    // Neighboring pixels that see all of a kernel of 3 x 3. So many of them at a time that what they read stays in the first-level cache
    // while all channels are visited.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Nine(in Taps taps, int count, T* from, nint fromStep, T* to, nint toStep)
    {
        nint step = taps.Source[1] - taps.Source[0], second = taps.Source[3], third = taps.Source[6];
        int most = Math.Max(8, NearNumbers / _channels);
        A activation = _activation;
        nint other = _c.Other;
        for (; count > 0; count -= most, from += most * fromStep, to += most * toStep)
        {
            int pixels = Math.Min(count, most);
            for (int lane = 0; lane < _channels; lane += V.Count)
            {
                int c = Math.Min(lane, _channels - V.Count);
                T* w = _weights + c;
                V w0 = V.Load(w + taps.Weight[0]), w1 = V.Load(w + taps.Weight[1]), w2 = V.Load(w + taps.Weight[2]);
                V w3 = V.Load(w + taps.Weight[3]), w4 = V.Load(w + taps.Weight[4]), w5 = V.Load(w + taps.Weight[5]);
                V w6 = V.Load(w + taps.Weight[6]), w7 = V.Load(w + taps.Weight[7]), w8 = V.Load(w + taps.Weight[8]);
                V bias = V.Load(_c.Bias + c);
                T* a = from + c + taps.Source[0], y = to + c;
                for (int pixel = 0; pixel < pixels; pixel++, a += fromStep, y += toStep)
                {
                    T* b = a + second, d = a + third;
                    V sum = V.Fma(w0, V.Load(a), bias);
                    sum = V.Fma(w1, V.Load(a + step), sum);
                    sum = V.Fma(w2, V.Load(a + (2 * step)), sum);
                    sum = V.Fma(w3, V.Load(b), sum);
                    sum = V.Fma(w4, V.Load(b + step), sum);
                    sum = V.Fma(w5, V.Load(b + (2 * step)), sum);
                    sum = V.Fma(w6, V.Load(d), sum);
                    sum = V.Fma(w7, V.Load(d + step), sum);
                    sum = V.Fma(w8, V.Load(d + (2 * step)), sum);
                    V.Store(y, Activation<V, T, A>.Of(activation, _c.Scale.Of(sum, c), y + other));
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
                Put(y, s0, c);
                Put(y + toStep, s1, c);
                Put(y + (2 * toStep), s2, c);
                Put(y + (3 * toStep), s3, c);
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
                Put(to + c, sum, c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(T* y, V sum, int channel) =>
        V.Store(y, Activation<V, T, A>.Of(_activation, _c.Scale.Of(sum, channel), y + _c.Other));

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
