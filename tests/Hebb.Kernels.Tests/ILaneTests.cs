using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels.Tests;

/// <summary>Every operation of the lanes gives the same bits at every width, for pairs out of all kinds of numbers.</summary>
public unsafe class ILaneTests
{
    private static readonly double[] Kinds =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, 3, 7, 1e10, -1e10, 1e-10, 123456.789, 8388609, 1e-320, -1e-40, 1e-44, 1e38, -1e300,
        double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.Epsilon, double.MaxValue, float.MaxValue, float.Epsilon, 0.75,
            1.4999999,
    ];

    private interface IOperation
    {
        static abstract V Of<V>(V a, V b) where V : struct, ILane<V>;
    }

    private readonly struct Arithmetic : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> => V.Fma(a, b, a + b) - (a * b) / -b;
    }

    private readonly struct Minimum : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> => V.Min(a, b);
    }

    private readonly struct Maximum : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> => V.Max(a, b);
    }

    private readonly struct LessOf : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> => V.LessOf(a, b);
    }

    private readonly struct GreaterOf : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> => V.GreaterOf(a, b);
    }

    private readonly struct LessOfConstant : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> => V.LessOf(V.Of(1.5), a) + V.GreaterOf(V.Of(-1.5), b);
    }

    private readonly struct Selections : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> =>
            V.Select(V.Less(a, b) | (V.Equal(a, b) & ~V.LessOrEqual(b, V.Of(0))), V.SelectLess(b, a, a, b), V.SelectLess(V.Of(0), a, b, a));
    }

    private readonly struct Bits : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> =>
            V.AddBits(V.ShiftLeft(a, 3), V.SubtractBits(V.ShiftRight(b, 5), V.OfBits(0x1234567))) ^ V.Abs(a);
    }

    private readonly struct Roundings : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V> => V.Round(a) ^ V.Floor(b) ^ V.Sqrt(V.Abs(a));
    }

    private readonly struct Scaling : IOperation
    {
        // Whole powers between -199 and 199 of significands between 1/2 and 2.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V>
        {
            V n = V.GreaterOf(V.Of(-199), V.LessOf(V.Of(199), V.Round(b * V.Of(17))));
            return V.ScaleByPower(V.GreaterOf(V.Of(0.51), V.LessOf(V.Of(1.97), a)), V.SelectLess(n, V.Of(1000), n, V.Of(3)));
        }
    }

    private readonly struct Splitting : IOperation
    {
        // A negative number leaves the exponent open.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V>
        {
            V e = V.SplitPower(a, out V m);
            return V.SelectLess(a, V.Of(0), V.Of(0), e) ^ m;
        }
    }

    private readonly struct Lane : IOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Of<V>(V a, V b) where V : struct, ILane<V>
        {
            for (int i = 0; i < V.Count; i++)
            {
                if (V.GetLane(b, i) > 1) a = V.WithLane(a, i, V.GetLane(b, i) / 3);
            }

            return V.Any(V.Less(a, a)) ? V.Of(0) : a;
        }
    }

    [Fact] public void Arithmetic_agrees_at_every_width() => Agrees<Arithmetic>();

    [Fact] public void Selections_agree_at_every_width() => Agrees<Selections>();

    [Fact] public void Bits_agree_at_every_width() => Agrees<Bits>();

    [Fact] public void Roundings_agree_at_every_width() => Agrees<Roundings>();

    [Fact] public void ScaleByPower_agrees_at_every_width() => Agrees<Scaling>();

    [Fact] public void SplitPower_agrees_at_every_width() => Agrees<Splitting>();

    [Fact] public void GetLane_and_WithLane_agree_at_every_width() => Agrees<Lane>();

    [Fact] public void Bounds_by_constants_agree_at_every_width() => Agrees<LessOfConstant>();

    [Fact]
    public void Every_second_number_is_read_and_written()
    {
        Alternates<W512<float>, float>();
        Alternates<W256<float>, float>();
        Alternates<W128<float>, float>();
        Alternates<W1<float>, float>();
        Alternates<W512<double>, double>();
        Alternates<W256<double>, double>();
        Alternates<W128<double>, double>();
        Alternates<W1<double>, double>();

        static void Alternates<V, T>() where V : struct, ILane<V, T> where T : unmanaged
        {
            T* numbers = stackalloc T[2 * V.Count], found = stackalloc T[2 * V.Count];
            for (int i = 0; i < 2 * V.Count; i++) W1<T>.Store(numbers + i, W1<T>.Of(i + 1));
            V even = V.LoadEven(numbers), odd = V.LoadEven(numbers + 1);
            for (int i = 0; i < V.Count; i++) Assert.Equal(((2 * i) + 1, (2 * i) + 2), (V.GetLane(even, i), V.GetLane(odd, i)));
            V.StoreInterleaved(found, even, odd);
            for (int i = 0; i < 2 * V.Count; i++) Assert.Equal(numbers[i], found[i]);
        }
    }

    [Fact]
    public void Min_and_Max_follow_IEEE_754_2019()
    {
        (double[] a, double[] b, double[] y) = Agrees<Minimum>();
        for (int i = 0; i < y.Length; i++) Assert.Equal(Math.Min(a[i], b[i]), y[i]);
        (a, b, y) = Agrees<Maximum>();
        for (int i = 0; i < y.Length; i++) Assert.Equal(Math.Max(a[i], b[i]), y[i]);
    }

    [Fact]
    public void LessOf_and_GreaterOf_take_the_second_where_nothing_is_less()
    {
        (double[] a, double[] b, double[] y) = Agrees<LessOf>();
        for (int i = 0; i < y.Length; i++) Assert.Equal(Bit(a[i] < b[i] ? a[i] : b[i]), Bit(y[i]));
        (a, b, y) = Agrees<GreaterOf>();
        for (int i = 0; i < y.Length; i++) Assert.Equal(Bit(a[i] > b[i] ? a[i] : b[i]), Bit(y[i]));
    }

    [Fact]
    public void ScaleByPower_rounds_once()
    {
        foreach (int n in new[] { -199, -150, -140, -127, -126, 0, 127, 128 })
        {
            float x = 1.2345678f;
            Assert.Equal(
                (float)Math.ScaleB((double)x, n), (float)W1<float>.GetLane(PowerOfTwo.ScaleTwice(W1<float>.Of(x), W1<float>.Of(n)), 0));
        }
    }

    private static long Bit(double x) => BitConverter.DoubleToInt64Bits(x);

    private static (double[] A, double[] B, double[] Y) Agrees<TOp>() where TOp : struct, IOperation
    {
        var pairs = (from x in Kinds from y in Kinds select (x, y)).ToArray();
        int length = pairs.Length / 16 * 16;
        double[] a = [.. pairs.Take(length).Select(p => p.x)], b = [.. pairs.Take(length).Select(p => p.y)];
        AtEveryWidth<float, TOp>([.. a.Select(v => (float)v)], [.. b.Select(v => (float)v)]);
        return (a, b, AtEveryWidth<double, TOp>(a, b));
    }

    private static T[] AtEveryWidth<T, TOp>(T[] a, T[] b) where T : unmanaged where TOp : struct, IOperation
    {
        T[] y = Run<W512<T>, T, TOp>(a, b);
        Same(a, b, y, Run<W256<T>, T, TOp>(a, b), 256);
        Same(a, b, y, Run<W128<T>, T, TOp>(a, b), 128);
        Same(a, b, y, Run<W1<T>, T, TOp>(a, b), 1);
        return y;
    }

    private static void Same<T>(T[] a, T[] b, T[] y, T[] z, int width) where T : unmanaged
    {
        int size = sizeof(T);
        ReadOnlySpan<byte> u = MemoryMarshal.AsBytes<T>(y), v = MemoryMarshal.AsBytes<T>(z);
        for (int i = 0; i < y.Length; i++)
        {
            if (!u.Slice(i * size, size).SequenceEqual(v.Slice(i * size, size)))
                Assert.Fail($"{a[i]}, {b[i]}: width 512 gives {Convert.ToHexString(u.Slice(i * size, size))}, width {width} "
                    + $"{Convert.ToHexString(v.Slice(i * size, size))} (low byte first)");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T[] Run<V, T, TOp>(T[] a, T[] b) where V : struct, ILane<V, T> where T : unmanaged where TOp : struct, IOperation
    {
        T[] y = new T[a.Length];
        fixed (T* pa = a, pb = b, py = y)
        {
            for (int i = 0; i < y.Length; i += V.Count) V.Store(py + i, TOp.Of(V.Load(pa + i), V.Load(pb + i)));
        }

        return y;
    }
}
