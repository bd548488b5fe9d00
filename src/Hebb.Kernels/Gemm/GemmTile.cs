using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The innermost loop of matrix products: a tile of <typeparamref name="R"/> rows (at most 14) and <typeparamref name="C"/> registers
/// (1 or 2) of columns, all of whose sums stay in registers. Every sum is one chain of fused multiply-adds in the order of k that starts
/// from zero, so tiles of every shape and lanes of every width give the same bits.
/// </summary>
/// <remarks>
/// 14 x 2 sums, 2 registers of B and 1 of A fill 31 of the 32 registers of AVX-512; narrower lanes use 6 x 2, which fit 16. Branches on
/// the sizes are folded by the compiler.
/// </remarks>
internal static unsafe class GemmTile<V, T, R, C>
    where V : struct, ILane<V, T> where T : unmanaged where R : struct, ICount where C : struct, ICount
{
    /// <summary>
    /// C = A·B, or C += A·B, where row i of A at step p is a[i * aRow + p * aColumn] and the row of B at step p begins at b[p * bRow].
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(int k, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, bool add)
    {
        V r0x = default, r0y = default;
        V r1x = default, r1y = default;
        V r2x = default, r2y = default;
        V r3x = default, r3y = default;
        V r4x = default, r4y = default;
        V r5x = default, r5y = default;
        V r6x = default, r6y = default;
        V r7x = default, r7y = default;
        V r8x = default, r8y = default;
        V r9x = default, r9y = default;
        V r10x = default, r10y = default;
        V r11x = default, r11y = default;
        V r12x = default, r12y = default;
        V r13x = default, r13y = default;
        nint row2 = 2 * aRow, row3 = 3 * aRow, row4 = 4 * aRow, row5 = 5 * aRow, row6 = 6 * aRow;
        T* h = a + 7 * aRow;
        for (; k > 0; k--)
        {
            V x = V.Load(b), y = C.Value > 1 ? V.Load(b + V.Count) : default, s;
            { s = V.Broadcast(a); r0x = V.Fma(s, x, r0x); if (C.Value > 1) r0y = V.Fma(s, y, r0y); }
            if (R.Value > 1) { s = V.Broadcast(a + aRow); r1x = V.Fma(s, x, r1x); if (C.Value > 1) r1y = V.Fma(s, y, r1y); }
            if (R.Value > 2) { s = V.Broadcast(a + row2); r2x = V.Fma(s, x, r2x); if (C.Value > 1) r2y = V.Fma(s, y, r2y); }
            if (R.Value > 3) { s = V.Broadcast(a + row3); r3x = V.Fma(s, x, r3x); if (C.Value > 1) r3y = V.Fma(s, y, r3y); }
            if (R.Value > 4) { s = V.Broadcast(a + row4); r4x = V.Fma(s, x, r4x); if (C.Value > 1) r4y = V.Fma(s, y, r4y); }
            if (R.Value > 5) { s = V.Broadcast(a + row5); r5x = V.Fma(s, x, r5x); if (C.Value > 1) r5y = V.Fma(s, y, r5y); }
            if (R.Value > 6) { s = V.Broadcast(a + row6); r6x = V.Fma(s, x, r6x); if (C.Value > 1) r6y = V.Fma(s, y, r6y); }
            if (R.Value > 7) { s = V.Broadcast(h); r7x = V.Fma(s, x, r7x); if (C.Value > 1) r7y = V.Fma(s, y, r7y); }
            if (R.Value > 8) { s = V.Broadcast(h + aRow); r8x = V.Fma(s, x, r8x); if (C.Value > 1) r8y = V.Fma(s, y, r8y); }
            if (R.Value > 9) { s = V.Broadcast(h + row2); r9x = V.Fma(s, x, r9x); if (C.Value > 1) r9y = V.Fma(s, y, r9y); }
            if (R.Value > 10) { s = V.Broadcast(h + row3); r10x = V.Fma(s, x, r10x); if (C.Value > 1) r10y = V.Fma(s, y, r10y); }
            if (R.Value > 11) { s = V.Broadcast(h + row4); r11x = V.Fma(s, x, r11x); if (C.Value > 1) r11y = V.Fma(s, y, r11y); }
            if (R.Value > 12) { s = V.Broadcast(h + row5); r12x = V.Fma(s, x, r12x); if (C.Value > 1) r12y = V.Fma(s, y, r12y); }
            if (R.Value > 13) { s = V.Broadcast(h + row6); r13x = V.Fma(s, x, r13x); if (C.Value > 1) r13y = V.Fma(s, y, r13y); }
            a += aColumn;
            h += aColumn;
            b += bRow;
        }
        Put(c, r0x, r0y, add);
        if (R.Value > 1) Put(c + cRow, r1x, r1y, add);
        if (R.Value > 2) Put(c + 2 * cRow, r2x, r2y, add);
        if (R.Value > 3) Put(c + 3 * cRow, r3x, r3y, add);
        if (R.Value > 4) Put(c + 4 * cRow, r4x, r4y, add);
        if (R.Value > 5) Put(c + 5 * cRow, r5x, r5y, add);
        if (R.Value > 6) Put(c + 6 * cRow, r6x, r6y, add);
        if (R.Value > 7) Put(c + 7 * cRow, r7x, r7y, add);
        if (R.Value > 8) Put(c + 8 * cRow, r8x, r8y, add);
        if (R.Value > 9) Put(c + 9 * cRow, r9x, r9y, add);
        if (R.Value > 10) Put(c + 10 * cRow, r10x, r10y, add);
        if (R.Value > 11) Put(c + 11 * cRow, r11x, r11y, add);
        if (R.Value > 12) Put(c + 12 * cRow, r12x, r12y, add);
        if (R.Value > 13) Put(c + 13 * cRow, r13x, r13y, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T* c, V x, V y, bool add)
    {
        V.Store(c, add ? V.Load(c) + x : x);
        if (C.Value > 1) V.Store(c + V.Count, add ? V.Load(c + V.Count) + y : y);
    }
}
