using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>Over what the lanes of a pool run.</summary>
internal enum PoolAxis
{
    /// <summary>Pixels are done one by one.</summary>
    None,

    /// <summary>Channels, which lie side by side in source and target.</summary>
    Channels,

    /// <summary>Images, which lie side by side in source and target.</summary>
    Images,

    /// <summary>Columns of an image, which lie side by side in source and target.</summary>
    Columns,
}

/// <summary>How a pool is cut into lanes and chunks: by its sizes and layouts alone.</summary>
internal readonly struct PoolCut
{
    private const int ChunkNumbers = 16384;

    /// <summary>Over what the lanes run.</summary>
    public readonly PoolAxis Axis;

    /// <summary>How many numbers of one pixel are done together; 1 where lanes run over columns or there are none.</summary>
    public readonly int Lanes;

    /// <summary>Planes of pixels, how many of them share an image, and how many a chunk takes.</summary>
    public readonly int Planes, Channels, PlanesEach;

    /// <summary>Rows of a plane that a chunk takes, and how many such parts a plane has.</summary>
    public readonly int RowsEach, RowParts;

    /// <summary>A cut of planes of so many rows of so many pixels.</summary>
    public PoolCut(in PoolShape s, in Dims from, in Dims to, int rows, int columns)
    {
        Axis = Choose(s, from, to);
        Lanes = Axis switch { PoolAxis.Channels => s.C, PoolAxis.Images => s.N, _ => 1 };
        Channels = Axis == PoolAxis.Channels ? 1 : s.C;
        Planes = checked((Axis == PoolAxis.Images ? 1 : s.N) * Channels);
        RowsEach = (int)Math.Clamp(ChunkNumbers / ((long)columns * Lanes), 1, rows);
        RowParts = (rows + RowsEach - 1) / RowsEach;
        PlanesEach = (int)Math.Clamp(ChunkNumbers / ((long)RowsEach * columns * Lanes), 1, Planes);
    }

    /// <summary>How many chunks there are.</summary>
    public int Chunks => checked(Groups * RowParts);

    /// <summary>
    /// The first plane and the first row of a chunk. Convolutions with lanes over images share their work by rows, those with lanes over
    /// channels by images; so do pools, so that a thread finds in its caches what it wrote itself.
    /// </summary>
    public (int Plane, int Row) First(int chunk)
    {
        int group, part;
        if (Axis == PoolAxis.Images) part = Math.DivRem(chunk, Groups, out group);
        else group = Math.DivRem(chunk, RowParts, out part);
        return (group * PlanesEach, part * RowsEach);
    }

    private int Groups => (Planes + PlanesEach - 1) / PlanesEach;

    /// <summary>How many numbers lie side by side where a row of an image has so many pixels.</summary>
    public int Numbers(int columns) => Axis == PoolAxis.Columns ? columns : Lanes;

    /// <summary>Over what the lanes run in such layouts.</summary>
    public static PoolAxis Choose(in PoolShape s, in Dims from, in Dims to) =>
        s.C > 1 && from[1] == 1 && to[1] == 1 ? PoolAxis.Channels
        : s.N > 1 && from[0] == 1 && to[0] == 1 ? PoolAxis.Images
        : from[3] == 1 && to[3] == 1 ? PoolAxis.Columns : PoolAxis.None;
}

/// <summary>How the lanes of a pool reach their numbers.</summary>
internal unsafe interface IPoolLanes
{
    static abstract V Load<V, T>(T* from, int step) where V : struct, ILane<V, T> where T : unmanaged;

    static abstract void Store<V, T>(T* to, V value, in PoolPlace<T> at) where V : struct, ILane<V, T> where T : unmanaged;

    /// <summary>By what the numbers of a tap are divided.</summary>
    static abstract V Divisor<V, T>(T* divisors, int tap) where V : struct, ILane<V, T> where T : unmanaged;
}

/// <summary>Lanes of one pixel, side by side.</summary>
internal readonly unsafe struct PixelLanes : IPoolLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V, T>(T* from, int step) where V : struct, ILane<V, T> where T : unmanaged => V.Load(from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V, T>(T* to, V value, in PoolPlace<T> at) where V : struct, ILane<V, T> where T : unmanaged =>
        V.Store(to, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Divisor<V, T>(T* divisors, int tap) where V : struct, ILane<V, T> where T : unmanaged => V.Broadcast(divisors + tap);
}

/// <summary>Lanes of neighboring pixels, some columns apart.</summary>
internal readonly unsafe struct ColumnLanes : IPoolLanes
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V, T>(T* from, int step) where V : struct, ILane<V, T> where T : unmanaged =>
        step == 1 ? V.Load(from) : step == 2 ? V.LoadEven(from) : Gather<V, T>(from, step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<V, T>(T* to, V value, in PoolPlace<T> at) where V : struct, ILane<V, T> where T : unmanaged
    {
        if (at.ToStep == 1) V.Store(to, value);
        else if (at.ToStep != 2 || at.ToBeside == 0) Scatter(to, value, at.ToStep);
        else if (at.ToBeside < 0) V.StoreInterleaved(to - 1, V.LoadEven(to - 1), value);
        else V.StoreInterleaved(to, value, V.LoadEven(to + 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Divisor<V, T>(T* divisors, int tap) where V : struct, ILane<V, T> where T : unmanaged =>
        V.Load(divisors + (tap * V.Count));

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V Gather<V, T>(T* from, nint step) where V : struct, ILane<V, T> where T : unmanaged
    {
        T* numbers = stackalloc T[V.Count];
        for (int i = 0; i < V.Count; i++, from += step) numbers[i] = *from;
        return V.Load(numbers);
    }

    /// <summary>Writes the lanes some columns apart.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Scatter<V, T>(T* to, V value, nint step) where V : struct, ILane<V, T> where T : unmanaged
    {
        T* numbers = stackalloc T[V.Count];
        V.Store(numbers, value);
        for (int i = 0; i < V.Count; i++, to += step) *to = numbers[i];
    }
}
