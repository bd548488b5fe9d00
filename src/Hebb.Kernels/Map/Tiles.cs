using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>Copies between an operand's rows, wherever they lie, and a contiguous tile; elements are 1, 2, 4 or 8 bytes.</summary>
internal static unsafe class Tiles
{
    /// <summary>Fills a register's bytes with one number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Spread(byte* register, byte* number, int size)
    {
        switch (size)
        {
            case 1: Vector512.Create(*number).Store(register); break;
            case 2: Vector512.Create(*(short*)number).Store((short*)register); break;
            case 4: Vector512.Create(*(int*)number).Store((int*)register); break;
            default: Vector512.Create(*(long*)number).Store((long*)register); break;
        }
    }

    /// <summary>Reads some columns of some rows from a place on.</summary>
    public static void Gather(Loop* loop, int k, Place place, byte* origin, int size, int rows, int column, int columns, byte* tile)
    {
        switch (size)
        {
            case 1: Walk(loop, k, ref place, origin, rows, column, columns, tile, default(Out<byte>)); break;
            case 2: Walk(loop, k, ref place, (short*)origin, rows, column, columns, (short*)tile, default(Out<short>)); break;
            case 4: Walk(loop, k, ref place, (int*)origin, rows, column, columns, (int*)tile, default(Out<int>)); break;
            default: Walk(loop, k, ref place, (long*)origin, rows, column, columns, (long*)tile, default(Out<long>)); break;
        }
    }

    /// <summary>Writes some columns of some rows from a place on.</summary>
    public static void Scatter(Loop* loop, int k, Place place, byte* origin, int size, int rows, int column, int columns, byte* tile)
    {
        switch (size)
        {
            case 1: Walk(loop, k, ref place, origin, rows, column, columns, tile, default(In<byte>)); break;
            case 2: Walk(loop, k, ref place, (short*)origin, rows, column, columns, (short*)tile, default(In<short>)); break;
            case 4: Walk(loop, k, ref place, (int*)origin, rows, column, columns, (int*)tile, default(In<int>)); break;
            default: Walk(loop, k, ref place, (long*)origin, rows, column, columns, (long*)tile, default(In<long>)); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Walk<T, TMove>(
        Loop* loop, int k, ref Place place, T* origin, int rows, int column, int columns, T* tile, TMove move)
        where T : unmanaged where TMove : struct, IMove<T>
    {
        nint step = loop->Step(k, loop->Rank - 1), rowStep = loop->Rank > 1 ? loop->Step(k, loop->Rank - 2) : 0;
        while (rows > 0)
        {
            int run = Math.Min(rows, place.Left(loop));
            T* row = origin + place.Offsets[k] + (column * step);
            for (int i = 0; i < run; i++, row += rowStep, tile += columns)
                for (nint c = 0; c < columns; c++) move.Move(row + (c * step), tile + c);
            place.Advance(loop, run, k, k + 1);
            rows -= run;
        }
    }

    private interface IMove<T> where T : unmanaged
    {
        void Move(T* far, T* near);
    }

    private readonly struct Out<T> : IMove<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Move(T* far, T* near) => *near = *far;
    }

    private readonly struct In<T> : IMove<T> where T : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Move(T* far, T* near) => *far = *near;
    }
}
