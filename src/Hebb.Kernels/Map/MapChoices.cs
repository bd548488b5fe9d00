using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

internal static unsafe partial class Map
{
    private const int MaskTile = 256;

    /// <summary>y = f(a, b), where f compares and gives a mask, over a loop that may broadcast a or b.</summary>
    /// <typeparam name="TOp">The comparison.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="op">The comparison, such as a call of <see cref="ILane{V}.Less"/>.</param>
    /// <param name="loop">The loop over a, b and y.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="y">Whether the comparison holds.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Compare<TOp, T>(TOp op, in Loop loop, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<bool> y)
        where TOp : struct, IBinaryLane where T : unmanaged
    {
        loop.Check(a.Length, b.Length, y.Length);
        Stored<Applied<TOp, X0, X1>> body = new(new(op, default, default));
        fixed (Loop* over = &loop)
        fixed (T* pa = a, pb = b)
        fixed (bool* py = y)
        {
            Sweep sweep = new(over, Unsafe.AsPointer(ref body), &ComparePass<TOp, T>, 2);
            sweep.Add(pa, sizeof(T));
            sweep.Add(pb, sizeof(T));
            sweep.Add(py, sizeof(bool));
            sweep.Go();
        }
    }

    /// <summary>y = c ? a : b over a loop, which may broadcast c, a or b.</summary>
    /// <typeparam name="T">Any type of at most 8 bytes; float, double and long run in lanes.</typeparam>
    /// <param name="loop">The loop over c, a, b and y.</param>
    /// <param name="c">The conditions.</param>
    /// <param name="a">What to take where the condition holds.</param>
    /// <param name="b">What to take elsewhere.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Select<T>(in Loop loop, ReadOnlySpan<bool> c, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : unmanaged
    {
        loop.Check(c.Length, a.Length, b.Length, y.Length);
        TernaryBody<Choose> body = default;
        fixed (Loop* over = &loop)
        fixed (bool* pc = c)
        fixed (T* pa = a, pb = b, py = y)
        {
            delegate*<void*, Ports*, nint, void> pass = sizeof(T) switch
            {
                4 => &SelectPass<float>,
                8 => &SelectPass<double>,
                _ => &SelectPlain<T>,
            };
            Sweep sweep = new(over, &body, pass, 3);
            sweep.Add(pc, sizeof(bool));
            sweep.Add(pa, sizeof(T));
            sweep.Add(pb, sizeof(T));
            sweep.Add(py, sizeof(T));
            sweep.Go();
        }
    }

    [SkipLocalsInit]
    private static void ComparePass<TOp, T>(void* body, Ports* ports, nint n) where TOp : struct, IBinaryLane where T : unmanaged
    {
        T* masks = stackalloc T[MaskTile];
        var pass = Pass.Of<Stored<Applied<TOp, X0, X1>>, T>();
        for (nint at = 0; at < n; at += MaskTile)
        {
            nint length = Math.Min(MaskTile, n - at);
            Ports part = default;
            part.ReadOn<T>(ports, 0, at);
            part.ReadOn<T>(ports, 1, at);
            part.Write(masks);
            pass(body, &part, length);
            Masks.Narrow(masks, ports->Output<byte>(0) + at, length);
        }
    }

    [SkipLocalsInit]
    private static void SelectPass<T>(void* body, Ports* ports, nint n) where T : unmanaged
    {
        T* masks = stackalloc T[MaskTile];
        var pass = Pass.Of<TernaryBody<Choose>, T>();
        bool same = ports->Moves[0] == 0;
        if (same) Masks.Widen(ports->Input<byte>(0), masks, Pass.RegisterBytes / sizeof(T));
        for (nint at = 0; at < n; at += MaskTile)
        {
            nint length = Math.Min(MaskTile, n - at);
            Ports part = default;
            if (same)
            {
                part.ReadSame(masks);
            }
            else
            {
                Masks.Widen(ports->Input<byte>(0) + at, masks, length);
                part.Read(masks);
            }
            part.ReadOn<T>(ports, 1, at);
            part.ReadOn<T>(ports, 2, at);
            part.Write(ports->Output<T>(0) + at);
            pass(body, &part, length);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SelectPlain<T>(void* body, Ports* ports, nint n) where T : unmanaged
    {
        byte* c = ports->Input<byte>(0);
        T* a = ports->Input<T>(1), b = ports->Input<T>(2), y = ports->Output<T>(0);
        nint moveC = ports->Moves[0], moveA = ports->Moves[1], moveB = ports->Moves[2];
        for (nint i = 0; i < n; i++) y[i] = c[i & moveC] != 0 ? a[i & moveA] : b[i & moveB];
    }

    private readonly struct Choose : ITernaryLane
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V a, V b, V c) where V : struct, ILane<V> => V.Select(a, b, c);
    }
}
