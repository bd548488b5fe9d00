using System.Runtime.CompilerServices;

namespace Hebb.Kernels.Tests;

/// <summary>A lane function under test, the truth in double for float arguments, and its name in the reference table.</summary>
internal interface ILaneFunction
{
    static abstract string Name { get; }

    static abstract double Truth(double x);

    static abstract V Of<V>(V x) where V : struct, ILane<V>;
}

/// <summary>Runs lane functions at every width and measures how far they are from the truth.</summary>
internal static unsafe class LaneFunction
{
    private static bool Full => Environment.GetEnvironmentVariable("HEBB_FULL_ACCURACY") == "1";

    /// <summary>
    /// Every 997th float (every float with HEBB_FULL_ACCURACY=1): the same bits at every width, at most <paramref name="ulps"/> from the
    /// truth. Writes the greatest error found.
    /// </summary>
    public static void CheckFloats<F>(double ulps, ITestOutputHelper output) where F : struct, ILaneFunction
    {
        uint stride = Full ? 1u : 997u;
        const int block = 1 << 12;
        float[] x = new float[block];
        double worst = 0;
        for (ulong start = 0; start <= uint.MaxValue; start += (ulong)block * stride)
        {
            for (int i = 0; i < block; i++) x[i] = BitConverter.UInt32BitsToSingle((uint)(start + (ulong)i * stride));
            float[] y = AtEveryWidth<F>(x);
            for (int i = 0; i < block; i++)
            {
                double error = Ulps(y[i], F.Truth(x[i]));
                if (!(error <= ulps)) Assert.Fail($"{F.Name}({x[i]:R}) is {y[i]:R}, {error} ulp from {F.Truth(x[i]):R}");
                worst = Math.Max(worst, error);
            }
        }

        output.WriteLine($"{worst:F3} ulp");
    }

    /// <summary>
    /// The rows of the reference table: the same bits at every width, at most so many ulp from the truth. Writes the greatest error found.
    /// Doubles of any bits give the same bits at every width too.
    /// </summary>
    public static void CheckDoubles<F>(double ulps, ITestOutputHelper output) where F : struct, ILaneFunction
    {
        ReferenceRow[] rows = ReferenceRow.Read(F.Name);
        double[] x = [.. rows.Select(r => r.X), .. new double[(8 - rows.Length % 8) % 8]];
        double[] y = AtEveryWidth<F>(x);
        double worst = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double error = rows[i].Ulps(y[i]);
            if (!(error <= ulps)) Assert.Fail($"{F.Name}({x[i]:R}) is {y[i]:R}, {error} ulp from {rows[i].Y:R}");
            worst = Math.Max(worst, error);
        }

        output.WriteLine($"{worst:F3} ulp");
        var random = new Random(5);
        double[] any = new double[1 << 15];
        for (int i = 0; i < any.Length; i++)
            any[i] = i % 2 == 0 ? BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue))
                : random.NextDouble() * 40 - 20;
        AtEveryWidth<F>(any);
    }

    /// <summary>f(x) is y to the bit, as a float and as a double; a NaN may have any sign, which is the machine's.</summary>
    public static void CheckEnd<F>(double x, double y) where F : struct, ILaneFunction
    {
        double wide = At<F>(x);
        float narrow = At<F>((float)x);
        if (double.IsNaN(y)) Assert.True(double.IsNaN(wide) && float.IsNaN(narrow));
        else
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(y), BitConverter.DoubleToInt64Bits(wide));
            Assert.Equal(BitConverter.SingleToInt32Bits((float)y), BitConverter.SingleToInt32Bits(narrow));
        }
    }

    private static float At<F>(float x) where F : struct, ILaneFunction => AtEveryWidth<F>([.. Enumerable.Repeat(x, 16)])[0];

    private static double At<F>(double x) where F : struct, ILaneFunction => AtEveryWidth<F>([.. Enumerable.Repeat(x, 16)])[0];

    private static float[] AtEveryWidth<F>(float[] x) where F : struct, ILaneFunction
    {
        float[] y = new float[x.Length], z = new float[x.Length];
        fixed (float* px = x, py = y, pz = z)
        {
            Run<W512<float>, float, F>(px, py, x.Length);
            Run<W256<float>, float, F>(px, pz, x.Length);
            Same(x, y, z, "256");
            Run<W128<float>, float, F>(px, pz, x.Length);
            Same(x, y, z, "128");
            Run<W1<float>, float, F>(px, pz, x.Length);
            Same(x, y, z, "1");
        }

        return y;
    }

    private static double[] AtEveryWidth<F>(double[] x) where F : struct, ILaneFunction
    {
        double[] y = new double[x.Length], z = new double[x.Length];
        fixed (double* px = x, py = y, pz = z)
        {
            Run<W512<double>, double, F>(px, py, x.Length);
            Run<W256<double>, double, F>(px, pz, x.Length);
            Same(x, y, z, "256");
            Run<W128<double>, double, F>(px, pz, x.Length);
            Same(x, y, z, "128");
            Run<W1<double>, double, F>(px, pz, x.Length);
            Same(x, y, z, "1");
        }

        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, T, F>(T* x, T* y, int length) where V : struct, ILane<V, T> where T : unmanaged
        where F : struct, ILaneFunction
    {
        Assert.Equal(0, length % V.Count);
        for (int i = 0; i < length; i += V.Count) V.Store(y + i, F.Of(V.Load(x + i)));
    }

    private static void Same(float[] x, float[] y, float[] z, string width)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (BitConverter.SingleToInt32Bits(y[i]) == BitConverter.SingleToInt32Bits(z[i])) continue;
            Assert.Fail($"at {x[i]:R} width 512 gives {BitConverter.SingleToInt32Bits(y[i]):X8}, width {width} "
                + $"{BitConverter.SingleToInt32Bits(z[i]):X8}");
        }
    }

    private static void Same(double[] x, double[] y, double[] z, string width)
    {
        for (int i = 0; i < x.Length; i++)
        {
            if (BitConverter.DoubleToInt64Bits(y[i]) == BitConverter.DoubleToInt64Bits(z[i])) continue;
            Assert.Fail($"at {x[i]:R} width 512 gives {BitConverter.DoubleToInt64Bits(y[i]):X16}, width {width} "
                + $"{BitConverter.DoubleToInt64Bits(z[i]):X16}");
        }
    }

    /// <summary>|y - truth| in units of the spacing of floats at the truth; 0 where both are NaN or both the same infinity.</summary>
    public static double Ulps(float y, double truth)
    {
        if (double.IsNaN(truth)) return float.IsNaN(y) ? 0 : double.PositiveInfinity;
        double size = Math.Abs(truth);
        if (size >= 3.4028235677973366e38) return y == (truth > 0 ? float.PositiveInfinity : float.NegativeInfinity) ? 0
            : double.PositiveInfinity;
        int exponent = size < 1.1754943508222875e-38 ? -126 : Math.ILogB(size);
        return Math.Abs(y - truth) * Math.ScaleB(1, 23 - exponent);
    }
}

/// <summary>One row of tests/Reference/lane-functions.csv: x, f(x) rounded to double, and what rounding left, in ulp.</summary>
/// <remarks>Rows of pow have the exponent behind.</remarks>
internal readonly record struct ReferenceRow(double X, double Y, double Rest, double Exponent)
{
    public static ReferenceRow[] Read(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Reference", "lane-functions.csv");
        ReferenceRow[] rows =
        [
            .. from line in File.ReadLines(path)
               let cells = line.Split(',')
               where cells[0] == name
               select new ReferenceRow(
                   Bits(cells[1]), Bits(cells[2]), double.Parse(cells[3]), cells.Length > 4 ? Bits(cells[4]) : double.NaN),
        ];
        Assert.NotEmpty(rows);
        return rows;
    }

    public double Ulps(double y)
    {
        if (double.IsNaN(Y) || double.IsInfinity(Y)) return Y.Equals(y) ? 0 : double.PositiveInfinity;
        double ulp = Math.BitIncrement(Math.Abs(Y)) - Math.Abs(Y);
        return Math.Abs((y - Y) / ulp - Rest);
    }

    private static double Bits(string hex) => BitConverter.Int64BitsToDouble(Convert.ToInt64(hex, 16));
}
