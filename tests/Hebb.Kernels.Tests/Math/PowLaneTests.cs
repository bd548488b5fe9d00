using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

public unsafe class PowLaneTests(ITestOutputHelper output)
{
    [Fact]
    public void Pow_of_floats_is_within_2_ulp()
    {
        var random = new Random(11);
        float[] x = new float[1 << 12], y = new float[x.Length];
        double worst = 0;
        int blocks = Environment.GetEnvironmentVariable("HEBB_FULL_ACCURACY") == "1" ? 1 << 16 : 1 << 7;
        for (int block = 0; block < blocks; block++)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = (block & 3) switch
                {
                    0 => BitConverter.Int32BitsToSingle(random.Next()),
                    1 => 1 + ((float)random.NextDouble() - 0.5f) / (1 << random.Next(20)),
                    2 => (float)random.NextDouble() * 10,
                    _ => BitConverter.Int32BitsToSingle(random.Next() | random.Next() << 31),
                };
                // Mostly exponents whose power is a number, and whole ones for negative bases.
                y[i] = (block & 7) < 6
                    ? (float)((random.NextDouble() * 256 - 128) / Math.Log2(x[i]))
                    : random.Next(-20, 20);
            }

            float[] p = AtEveryWidth(x, y);
            for (int i = 0; i < x.Length; i++)
            {
                double error = LaneFunction.Ulps(p[i], Math.Pow(x[i], y[i]));
                if (!(error <= 2)) Assert.Fail($"pow({x[i]:R}, {y[i]:R}) is {p[i]:R}, {error} ulp from {Math.Pow(x[i], y[i]):R}");
                worst = Math.Max(worst, error);
            }
        }

        output.WriteLine($"{worst:F3} ulp");
    }

    [Fact]
    public void Pow_of_doubles_is_within_2_ulp()
    {
        ReferenceRow[] rows = ReferenceRow.Read("pow");
        double[] pad = new double[(8 - rows.Length % 8) % 8];
        double[] p = AtEveryWidth([.. rows.Select(r => r.X), .. pad], [.. rows.Select(r => r.Exponent), .. pad]);
        double worst = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double error = rows[i].Ulps(p[i]);
            if (!(error <= 2)) Assert.Fail($"pow({rows[i].X:R}, {rows[i].Exponent:R}) is {p[i]:R}, {error} ulp from {rows[i].Y:R}");
            worst = Math.Max(worst, error);
        }

        output.WriteLine($"{worst:F3} ulp");
    }

    [Fact]
    public void Pow_at_the_ends_follows_IEEE_754()
    {
        double[] values =
        [
            0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, -2.5, 1e30, -1e30, 5e-324, double.PositiveInfinity, double.NegativeInfinity,
                double.NaN,
            4503599627370497, -4503599627370497, 8388609,
        ];
        double[] x = [.. from a in values from b in values select a, .. new double[16]];
        double[] y = [.. from a in values from b in values select b, .. new double[16]];
        Array.Resize(ref x, x.Length & ~15);
        Array.Resize(ref y, x.Length);
        double[] p = AtEveryWidth(x, y);
        float[] q = AtEveryWidth([.. x.Select(v => (float)v)], [.. y.Select(v => (float)v)]);
        for (int i = 0; i < x.Length; i++)
        {
            // The standard's table, which System.Math follows; ordinary powers are checked elsewhere.
            double truth = Math.Pow(x[i], y[i]);
            float single = (float)Math.Pow((float)x[i], (float)y[i]);
            if (truth is 0 or 1 or -1 || !double.IsFinite(truth)) Assert.True(
                truth.Equals(p[i]) && Same(truth, p[i]), $"pow({x[i]}, {y[i]}) = {p[i]}, not {truth}");
            if (single is 0 or 1 or -1 || !float.IsFinite(single)) Assert.True(
                single.Equals(q[i]) && Same(single, q[i]), $"powf({x[i]}, {y[i]}) = {q[i]}, not {single}");
        }
    }

    private static bool Same(double a, double b) => double.IsNaN(a) || double.IsNegative(a) == double.IsNegative(b);

    private static T[] AtEveryWidth<T>(T[] x, T[] y) where T : unmanaged
    {
        T[] p = new T[x.Length], q = new T[x.Length];
        fixed (T* px = x, py = y, pp = p, pq = q)
        {
            Run<W512<T>, T>(px, py, pp, x.Length);
            Run<W256<T>, T>(px, py, pq, x.Length);
            Same(p, q);
            Run<W128<T>, T>(px, py, pq, x.Length);
            Same(p, q);
            Run<W1<T>, T>(px, py, pq, x.Length);
            Same(p, q);
        }

        return p;
    }

    private static void Same<T>(T[] p, T[] q) where T : unmanaged =>
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(p)
            .SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(q)));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, T>(T* x, T* y, T* p, int length) where V : struct, ILane<V, T> where T : unmanaged
    {
        Assert.Equal(0, length % V.Count);
        for (int i = 0; i < length; i += V.Count) V.Store(p + i, V.Pow(V.Load(x + i), V.Load(y + i)));
    }
}
