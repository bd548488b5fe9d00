using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>Turns random words into normal numbers: a group's first half are cosines, its second the sines of the same pairs.</summary>
internal static unsafe class PhiloxNormal
{
    [SkipLocalsInit]
    public static void Floats(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        const int Half = PhiloxFill.Floats / 2, Most = PhiloxFill.Groups * Half;
        float* numbers = stackalloc float[2 * Most];
        int groups = (part.Skip + part.Count + (2 * Half) - 1) / (2 * Half);
        for (int group = 0; group < groups; group++)
        {
            uint* w = (uint*)words + (2 * group * Half);
            for (int i = 0; i < Half; i += 8)
            {
                var u = Vector256.ConvertToSingle((Vector256.Load(w + i) >>> 1).AsInt32()) * (1f / (1u << 31));
                var t = Vector256.ConvertToSingle((Vector256.Load(w + Half + i) >>> 8).AsInt32()) * (1f / (1 << 24));
                (u + Vector256.Create(0.5f / (1u << 31))).Store(numbers + (group * Half) + i); // never 0, up to 1
                t.Store(numbers + Most + (group * Half) + i);
            }
        }
        BoxMuller(numbers, numbers + Most, groups * Half);
        Deal(numbers, numbers + Most, Half, part, (float*)elements);
    }

    [SkipLocalsInit]
    public static void Doubles(void* words, in PhiloxPart part, in PhiloxRule rule, void* elements)
    {
        const int Half = PhiloxFill.Doubles / 2, Most = PhiloxFill.Groups * Half;
        double* numbers = stackalloc double[2 * Most];
        int groups = (part.Skip + part.Count + (2 * Half) - 1) / (2 * Half);
        for (int group = 0; group < groups; group++)
        {
            ulong* w = (ulong*)words + (2 * group * Half);
            for (int i = 0; i < Half; i += 4)
            {
                var u = Vector256.ConvertToDouble((Vector256.Load(w + i) >>> 1).AsInt64()) * (1d / (1ul << 63));
                var t = Vector256.ConvertToDouble((Vector256.Load(w + Half + i) >>> 11).AsInt64()) * (1d / (1L << 53));
                (u + Vector256.Create(0.5 / (1ul << 63))).Store(numbers + (group * Half) + i);
                t.Store(numbers + Most + (group * Half) + i);
            }
        }
        BoxMuller(numbers, numbers + Most, groups * Half);
        Deal(numbers, numbers + Most, Half, part, (double*)elements);
    }

    private static void BoxMuller<T>(T* u, T* t, int n) where T : unmanaged
    {
        Pairs body = default;
        Ports.Open(out Ports ports);
        ports.Read(u);
        ports.Read(t);
        ports.Write(u);
        ports.Write(t);
        Pass.Of<Pairs, T>()(&body, &ports, n);
    }

    /// <summary>Copies the wanted elements from the cosines and sines of the groups.</summary>
    private static void Deal<T>(T* cosines, T* sines, int half, in PhiloxPart part, T* y) where T : unmanaged
    {
        for (int at = part.Skip, end = part.Skip + part.Count; at < end;)
        {
            int run = at / half, inRun = at % half, length = Math.Min(half - inRun, end - at);
            T* from = ((run & 1) == 0 ? cosines : sines) + (run / 2 * half) + inRun;
            new ReadOnlySpan<T>(from, length).CopyTo(new Span<T>(y, length));
            y += length;
            at += length;
        }
    }

    private readonly struct Pairs : ILaneBody
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>
        {
            V radius = V.Sqrt(V.Of(-2) * V.Log(io.Load(0))), sin = TrigLane.SinOfTurns(io.Load(1), out V cos);
            io.Store(0, radius * cos);
            io.Store(1, radius * sin);
        }
    }
}
