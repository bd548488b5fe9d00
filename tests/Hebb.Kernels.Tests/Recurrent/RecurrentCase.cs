namespace Hebb.Kernels.Tests.Recurrent;

/// <summary>One pass with random numbers, computed by the kernel and by the formulas of one unit at a time.</summary>
internal sealed class RecurrentCase
{
    private readonly RecurrentShape _shape;
    private readonly long[] _lengths;

    public RecurrentCase(int rows, int steps, int directions, int units, int gates, long[] lengths, bool hasFirst = true)
    {
        _shape = new(rows, steps, directions, units, gates);
        _lengths = lengths;
        int seed = 1;
        double[] Random(long count)
        {
            Random random = new(seed++);
            return [.. Enumerable.Range(0, (int)count).Select(_ => (random.NextDouble() * 2) - 1)];
        }
        Drives = Random(_shape.Places * _shape.Drives);
        Weights = [.. Random(_shape.Weights).Select(w => w / Math.Sqrt(units))];
        Bias = gates == 3 ? Random(_shape.Outputs) : [];
        FirstH = hasFirst ? Random(_shape.States) : [];
        FirstC = hasFirst && gates == 4 ? Random(_shape.States) : [];
        Dy = Random(_shape.Places * _shape.Outputs);
        Dh = Random(_shape.States);
        Dc = gates == 4 ? Random(_shape.States) : [];
    }

    public double[] Drives { get; }

    public double[] Weights { get; }

    public double[] Bias { get; }

    public double[] FirstH { get; }

    public double[] FirstC { get; }

    private double[] Dy { get; }

    private double[] Dh { get; }

    private double[] Dc { get; }

    /// <summary>Outputs, last states and gradients, as the kernel gives them.</summary>
    public T[][] Run<T, TCell>() where T : unmanaged where TCell : struct, IRecurrentCell<T>
    {
        static T[] Of(double[] numbers) => Array.ConvertAll(numbers, number => (T)Convert.ChangeType(number, typeof(T)));
        static T[] New(long count) => new T[count];
        T[] y = New(_shape.Places * _shape.Outputs), h = New(_shape.States), c = New(TCell.HasCell ? _shape.States : 0);
        T[] kept = New(_shape.Kept<T>(TCell.Kept)), dz = New(_shape.Places * _shape.Drives);
        T[] dp = New(TCell.HasOwnProducts ? dz.Length : 0), before = New(y.Length);
        T[] firstH = New(FirstH.Length), firstC = New(FirstC.Length);
        Recurrence.Forward<T, TCell>(_shape, Of(Drives), Of(Weights), Of(Bias), Of(FirstH), Of(FirstC), _lengths, y, h, c, kept);
        Recurrence.Backward<T, TCell>(
            _shape, Of(Weights), Of(FirstH), _lengths, y, kept, Of(Dy), Of(Dh), Of(Dc), dz, dp, before, firstH, firstC);
        return [y, h, c, dz, WeightGradient<T>(dp.Length > 0 ? dp : dz, before), firstH, firstC];
    }

    /// <summary>The loss that Dy, Dh and Dc are the gradients of, by the formulas.</summary>
    public double Loss(Func<double[], double[], double[], (double H, double C)> unit)
    {
        (double[] y, double[] h, double[] c) = Naive(unit);
        return Dot(y, Dy) + Dot(h, Dh) + Dot(c, Dc);
    }

    /// <summary>Outputs and last states; a unit computes its states from its drives, its products, and its states before.</summary>
    public (double[] Y, double[] H, double[] C) Naive(Func<double[], double[], double[], (double H, double C)> unit)
    {
        (int n, int t, int d, int units, int gates) = _shape;
        double[] y = new double[_shape.Places * _shape.Outputs], lastH = new double[_shape.States];
        double[] lastC = new double[gates == 4 ? _shape.States : 0];
        for (int row = 0; row < n; row++)
            for (int way = 0; way < d; way++)
            {
                int state = ((way * n) + row) * units, length = _lengths.Length > 0 ? (int)_lengths[row] : t;
                double[] h = new double[units], c = new double[units];
                if (FirstH.Length > 0) Array.Copy(FirstH, state, h, 0, units);
                if (FirstC.Length > 0) Array.Copy(FirstC, state, c, 0, units);
                for (int step = 0; step < length; step++)
                {
                    int place = (row * t) + (way == 0 ? step : length - 1 - step);
                    double[] newH = new double[units], newC = new double[units];
                    for (int j = 0; j < units; j++)
                    {
                        double[] z = new double[gates], p = new double[gates];
                        for (int gate = 0; gate < gates; gate++)
                        {
                            z[gate] = Drives[(((((place * d) + way) * gates) + gate) * units) + j];
                            for (int k = 0; k < units; k++) p[gate] += Weights[((((way * gates) + gate) * units + j) * units) + k] * h[k];
                        }
                        if (Bias.Length > 0) p[^1] += Bias[(way * units) + j];
                        (newH[j], newC[j]) = unit(z, p, [h[j], c[j]]);
                        y[(((place * d) + way) * units) + j] = newH[j];
                    }
                    (h, c) = (newH, newC);
                }
                h.CopyTo(lastH, state);
                if (lastC.Length > 0) c.CopyTo(lastC, state);
            }
        return (y, lastH, lastC);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b).Sum(pair => pair.First * pair.Second);

    // dW = Σ over places of dp ⊗ h before.
    private T[] WeightGradient<T>(T[] dp, T[] before) where T : unmanaged
    {
        (int _, int _, int d, int units, int gates) = _shape;
        T[] gradient = new T[_shape.Weights];
        for (int way = 0; way < d; way++)
            Gemm.Run<T>(
                gates * units, units, (int)_shape.Places, dp.AsSpan(way * gates * units), 1, d * gates * units,
                before.AsSpan(way * units), d * units, 1, gradient.AsSpan(way * gates * units * units), units);
        return gradient;
    }
}
