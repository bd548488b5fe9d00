using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Elementwise loops of floats or doubles: y = f(x), f(a, b), f(a, b, c), or any <see cref="ILaneBody"/>, over contiguous arrays or over
/// a <see cref="Loop"/>. Results do not depend on the lane width or on the number of threads.
/// </summary>
/// <remarks>
/// An output may be exactly the same memory, walked with the same strides, as an input; any other overlap gives undefined numbers.
/// </remarks>
internal static unsafe partial class Map
{
    /// <summary>yᵢ = f(xᵢ)</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output, as long as the input.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Unary<TOp, T>(TOp op, ReadOnlySpan<T> x, Span<T> y) where TOp : struct, IUnaryLane where T : unmanaged
    {
        SameLength(0, x.Length, y.Length);
        if (y.Length >= Sweep.Shared)
        {
            Unary(op, Loop.Contiguous(y.Length), x, y);
            return;
        }
        fixed (T* px = x, py = y) Straight(op, px, py, y.Length);
    }

    /// <summary>y = f(x) over a loop.</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="loop">The loop over x and y.</param>
    /// <param name="x">The input.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Unary<TOp, T>(TOp op, in Loop loop, ReadOnlySpan<T> x, Span<T> y) where TOp : struct, IUnaryLane where T : unmanaged
    {
        loop.Check(x.Length, y.Length);
        Stored<Applied<TOp, X0>> body = new(new(op, default));
        fixed (Loop* over = &loop)
        fixed (T* px = x, py = y)
        {
            if (loop.IsShort)
            {
                Straight(op, px, py, loop.Count);
                return;
            }
            Sweep sweep = new(over, Unsafe.AsPointer(ref body), Pass.Of<Stored<Applied<TOp, X0>>, T>(), 1);
            sweep.Add(px, sizeof(T));
            sweep.Add(py, sizeof(T));
            sweep.Go();
        }
    }

    /// <summary>yᵢ = f(aᵢ, bᵢ)</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input, as long as the first.</param>
    /// <param name="y">The output, as long as the inputs.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Binary<TOp, T>(TOp op, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where TOp : struct, IBinaryLane where T : unmanaged
    {
        SameLength(0, a.Length, y.Length);
        SameLength(1, b.Length, y.Length);
        if (y.Length >= Sweep.Shared)
        {
            Binary(op, Loop.Contiguous(y.Length), a, b, y);
            return;
        }
        fixed (T* pa = a, pb = b, py = y) Straight(op, pa, pb, py, y.Length);
    }

    /// <summary>y = f(a, b) over a loop, which may broadcast a or b.</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="loop">The loop over a, b and y.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Binary<TOp, T>(TOp op, in Loop loop, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y)
        where TOp : struct, IBinaryLane where T : unmanaged
    {
        loop.Check(a.Length, b.Length, y.Length);
        Stored<Applied<TOp, X0, X1>> body = new(new(op, default, default));
        fixed (Loop* over = &loop)
        fixed (T* pa = a, pb = b, py = y)
        {
            if (loop.IsShort)
            {
                Straight(op, pa, pb, py, loop.Count);
                return;
            }
            Sweep sweep = new(over, Unsafe.AsPointer(ref body), Pass.Of<Stored<Applied<TOp, X0, X1>>, T>(), 2);
            sweep.Add(pa, sizeof(T));
            sweep.Add(pb, sizeof(T));
            sweep.Add(py, sizeof(T));
            sweep.Go();
        }
    }

    /// <summary>yᵢ = f(aᵢ, bᵢ, cᵢ)</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input, as long as the first.</param>
    /// <param name="c">The third input, as long as the first.</param>
    /// <param name="y">The output, as long as the inputs.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Ternary<TOp, T>(TOp op, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where TOp : struct, ITernaryLane where T : unmanaged
    {
        SameLength(0, a.Length, y.Length);
        SameLength(1, b.Length, y.Length);
        SameLength(2, c.Length, y.Length);
        Ternary(op, Loop.Contiguous(y.Length), a, b, c, y);
    }

    /// <summary>y = f(a, b, c) over a loop, which may broadcast a, b or c.</summary>
    /// <typeparam name="TOp">The function.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="op">The function.</param>
    /// <param name="loop">The loop over a, b, c and y.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second input.</param>
    /// <param name="c">The third input.</param>
    /// <param name="y">The output.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    public static void Ternary<TOp, T>(TOp op, in Loop loop, ReadOnlySpan<T> a, ReadOnlySpan<T> b, ReadOnlySpan<T> c, Span<T> y)
        where TOp : struct, ITernaryLane where T : unmanaged =>
        Run(new TernaryBody<TOp>(op), loop, new Operands<T>().In(a).In(b).In(c).Out(y));

    /// <summary>Any number of outputs as functions of any number of inputs, over a loop.</summary>
    /// <typeparam name="TBody">The functions.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="body">The functions; they may use only the operands that are given here.</param>
    /// <param name="loop">The loop over the operands.</param>
    /// <param name="operands">The arrays.</param>
    /// <exception cref="ArgumentException">An array is shorter than the loop reaches, or the loop is over other operands.</exception>
    /// <exception cref="NullReferenceException">The body uses an operand that was not given.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TBody, T>(TBody body, in Loop loop, in Operands<T> operands) where TBody : struct, ILaneBody where T : unmanaged
    {
        int count = operands.Inputs + operands.Outputs;
        Span<int> lengths = stackalloc int[Loop.MaxOperands];
        for (int k = 0; k < count; k++) lengths[k] = operands[k].Length;
        loop.Check(lengths[..count]);
        fixed (Loop* over = &loop)
        fixed (T* p0 = operands[0], p1 = operands[1], p2 = operands[2], p3 = operands[3])
        fixed (T* p4 = operands[4], p5 = operands[5], p6 = operands[6], p7 = operands[7])
        {
            ReadOnlySpan<nint> firsts = [(nint)p0, (nint)p1, (nint)p2, (nint)p3, (nint)p4, (nint)p5, (nint)p6, (nint)p7];
            if (loop.IsStraight)
            {
                Straight(ref body, loop, firsts, operands);
                return;
            }
            Sweep sweep = new(over, Unsafe.AsPointer(ref body), Pass.Of<TBody, T>(), operands.Inputs, operands.Changed);
            for (int k = 0; k < count; k++) sweep.Add((void*)firsts[k], sizeof(T));
            sweep.Go();
        }
    }

    /// <summary>Any number of outputs as functions of any number of inputs, element by element.</summary>
    /// <typeparam name="TBody">The functions.</typeparam>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="body">The functions; they may use only the operands that are given here.</param>
    /// <param name="operands">The arrays, all of one length.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <exception cref="NullReferenceException">The body uses an operand that was not given.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TBody, T>(TBody body, in Operands<T> operands) where TBody : struct, ILaneBody where T : unmanaged
    {
        int count = operands.Inputs + operands.Outputs, length = operands[Math.Max(0, count - 1)].Length;
        for (int k = 0; k < count; k++) SameLength(k, operands[k].Length, length);
        if (length >= Sweep.Shared)
        {
            Run(body, Loop.Contiguous(length), operands);
            return;
        }
        fixed (T* p0 = operands[0], p1 = operands[1], p2 = operands[2], p3 = operands[3])
        fixed (T* p4 = operands[4], p5 = operands[5], p6 = operands[6], p7 = operands[7])
        {
            ReadOnlySpan<nint> firsts = [(nint)p0, (nint)p1, (nint)p2, (nint)p3, (nint)p4, (nint)p5, (nint)p6, (nint)p7];
            Ports ports = default;
            for (int k = 0; k < operands.Inputs; k++) ports.Read((void*)firsts[k]);
            Write(ref ports, firsts, operands);
            Pass.Of<TBody, T>(length)(Unsafe.AsPointer(ref body), &ports, length);
        }
    }

    /// <summary>One pass on the caller's thread; inputs that do not move are read from a register that is filled here.</summary>
    [SkipLocalsInit]
    private static void Straight<TBody, T>(ref TBody body, in Loop loop, ReadOnlySpan<nint> firsts, in Operands<T> operands)
        where TBody : struct, ILaneBody where T : unmanaged
    {
        byte* registers = stackalloc byte[Loop.MaxOperands * Pass.RegisterBytes];
        Ports ports = default;
        for (int k = 0; k < operands.Inputs; k++)
        {
            if (loop.Step(k, 0) != 0) ports.Read((void*)firsts[k]);
            else ports.ReadOne<T>(registers + (k * Pass.RegisterBytes), (void*)firsts[k]);
        }
        Write(ref ports, firsts, operands);
        Pass.Of<TBody, T>(loop.Count)(Unsafe.AsPointer(ref body), &ports, loop.Count);
    }

    /// <summary>Adds the outputs of a pass: the operands that it changes, then the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(ref Ports ports, ReadOnlySpan<nint> firsts, in Operands<T> operands) where T : unmanaged
    {
        for (int k = 0; k < operands.Changed; k++) ports.Write((void*)firsts[k]);
        for (int k = 0; k < operands.Outputs; k++) ports.Write((void*)firsts[operands.Inputs + k]);
    }

    [SkipLocalsInit]
    private static void Straight<TOp, T>(TOp op, T* x, T* y, int n) where TOp : struct, IUnaryLane where T : unmanaged
    {
        Stored<Applied<TOp, X0>> body = new(new(op, default));
        Ports.Open(out Ports ports);
        ports.Read(x);
        ports.Write(y);
        Pass.Of<Stored<Applied<TOp, X0>>, T>(n)(Unsafe.AsPointer(ref body), &ports, n);
    }

    [SkipLocalsInit]
    private static void Straight<TOp, T>(TOp op, T* a, T* b, T* y, int n) where TOp : struct, IBinaryLane where T : unmanaged
    {
        Stored<Applied<TOp, X0, X1>> body = new(new(op, default, default));
        Ports.Open(out Ports ports);
        ports.Read(a);
        ports.Read(b);
        ports.Write(y);
        Pass.Of<Stored<Applied<TOp, X0, X1>>, T>(n)(Unsafe.AsPointer(ref body), &ports, n);
    }

    private static void SameLength(int operand, int length, int outputLength)
    {
        if (length != outputLength)
            throw new ArgumentException($"Input {operand} has {length} elements and the output {outputLength}; give arrays of one length.");
    }
}
