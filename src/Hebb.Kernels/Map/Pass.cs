using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Runs a lane body along contiguous (or broadcast) operands. Numbers that do not fill a register go through the same body: the last
/// register of each input is set aside before anything is written, so that it may overlap what the loop has done in place.
/// </summary>
internal static unsafe class Pass
{
    /// <summary>The most bytes that one register has.</summary>
    public const int RegisterBytes = 64;

    /// <summary>Refuses element types that have no lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Supports<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Lanes hold float or double, not {typeof(T).Name}; convert the numbers first.");
    }

    /// <summary>The pass of a body for the width in use now; its arguments are the body, the operands and the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static delegate*<void*, Ports*, nint, void> Of<TBody, T>() where TBody : struct, ILaneBody where T : unmanaged =>
        Of<TBody, T>(int.MaxValue);

    /// <summary>
    /// The pass of a body for so many elements, in the widest registers that they fill, so that nothing has to be set aside.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static delegate*<void*, Ports*, nint, void> Of<TBody, T>(int n) where TBody : struct, ILaneBody where T : unmanaged
    {
        Supports<T>();
        PassFor<TBody, T> choice = default;
        Lanes.Run<PassFor<TBody, T>, T>(ref choice, n);
        return choice.Pass;
    }

    private struct PassFor<TBody, T> : IWidthBody<T> where TBody : struct, ILaneBody where T : unmanaged
    {
        public delegate*<void*, Ports*, nint, void> Pass;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Run<V>() where V : struct, ILane<V, T> => Pass = &Run<TBody, V, T>;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TBody, V, T>(void* source, Ports* ports, nint n)
        where TBody : struct, ILaneBody where V : struct, ILane<V, T> where T : unmanaged
    {
        TBody body = Unsafe.AsRef<TBody>(source);
        Scratch inputs, outputs;
        Ports rest;
        bool more = V.Count > 1 && n % V.Count != 0;
        if (more) SetAside<V, T>(ports, n, (T*)&inputs, (T*)&outputs, &rest);

        LaneIo<V, T> io = default;
        io.Connect(ports);
        nint last = n - V.Count;
        while (true)
        {
            for (io.At = 0; io.At <= last; io.At += V.Count) body.Run<V, LaneIo<V, T>>(ref io);
            if (!more) break;
            io.Connect(&rest);
            last = 0;
            more = false;
        }
        if (n < V.Count && V.Count > 1) PutBack<V, T>(ports, n, (T*)&outputs);
    }

    /// <summary>Copies the inputs of the last register to where the loop cannot overwrite them, and says where to run it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SetAside<V, T>(Ports* ports, nint n, T* inputs, T* outputs, Ports* rest)
        where V : struct, ILane<V, T> where T : unmanaged
    {
        *rest = default;
        for (int k = 0; k < ports->Inputs; k++)
        {
            T* from = ports->Input<T>(k);
            if (ports->Moves[k] == 0)
            {
                rest->ReadSame(from);
                continue;
            }
            T* to = inputs + (k * V.Count);
            if (n >= V.Count)
            {
                V.Store(to, V.Load(from + n - V.Count));
            }
            else
            {
                V.Store(to, V.Broadcast(from));
                for (nint i = 1; i < n; i++) to[i] = from[i];
            }
            rest->Read(to);
        }
        for (int k = 0; k < ports->Outputs; k++) rest->Write(n >= V.Count ? ports->Output<T>(k) + n - V.Count : outputs + (k * V.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PutBack<V, T>(Ports* ports, nint n, T* outputs) where V : struct, ILane<V, T> where T : unmanaged
    {
        for (int k = 0; k < ports->Outputs; k++)
        {
            T* to = ports->Output<T>(k);
            for (nint i = 0; i < n; i++) to[i] = outputs[(k * V.Count) + i];
        }
    }

    [InlineArray(Loop.MaxOperands * RegisterBytes / sizeof(long))]
    private struct Scratch
    {
        private long _first;
    }
}
