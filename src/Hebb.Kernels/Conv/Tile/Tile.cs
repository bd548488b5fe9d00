using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>What the rows of a tile multiply with: one number in all lanes, or a register of lanes.</summary>
internal unsafe interface ITileFactor
{
    static abstract V Load<V, T>(T* from) where V : struct, ILane<V, T> where T : unmanaged;
}

/// <summary>One number in all lanes.</summary>
internal readonly unsafe struct NumberFactor : ITileFactor
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V, T>(T* from) where V : struct, ILane<V, T> where T : unmanaged => V.Broadcast(from);
}

/// <summary>A register of lanes: the lanes are then terms of the same sum, still to be added up.</summary>
internal readonly unsafe struct LanesFactor : ITileFactor
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load<V, T>(T* from) where V : struct, ILane<V, T> where T : unmanaged => V.Load(from);
}

/// <summary>
/// The register tile of all convolutions: M rows of R registers, at most 14 rows. Its sums stay in registers from the first step to the
/// last: 14 x 2, 9 x 3 and 6 x 4 fill 32 registers, 6 x 2 and 4 x 3 fill 16.
/// </summary>
internal static unsafe class Tile
{
    /// <summary>The most columns of a tile.</summary>
    public const int MaxColumns = 4;

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T, R, M, F>(TileCall<T>* call)
        where V : struct, ILane<V, T> where T : unmanaged where R : struct, ITileRow<R, V, T>
        where M : unmanaged where F : struct, ITileFactor
    {
        T* p0 = call->Factors + call->FactorRows[0];
        T* p1 = sizeof(M) <= 1 ? null : call->Factors + call->FactorRows[1];
        T* p2 = sizeof(M) <= 2 ? null : call->Factors + call->FactorRows[2];
        T* p3 = sizeof(M) <= 3 ? null : call->Factors + call->FactorRows[3];
        T* p4 = sizeof(M) <= 4 ? null : call->Factors + call->FactorRows[4];
        T* p5 = sizeof(M) <= 5 ? null : call->Factors + call->FactorRows[5];
        T* p6 = sizeof(M) <= 6 ? null : call->Factors + call->FactorRows[6];
        T* p7 = sizeof(M) <= 7 ? null : call->Factors + call->FactorRows[7];
        T* p8 = sizeof(M) <= 8 ? null : call->Factors + call->FactorRows[8];
        T* p9 = sizeof(M) <= 9 ? null : call->Factors + call->FactorRows[9];
        T* p10 = sizeof(M) <= 10 ? null : call->Factors + call->FactorRows[10];
        T* p11 = sizeof(M) <= 11 ? null : call->Factors + call->FactorRows[11];
        T* p12 = sizeof(M) <= 12 ? null : call->Factors + call->FactorRows[12];
        T* p13 = sizeof(M) <= 13 ? null : call->Factors + call->FactorRows[13];
        T* lanes = call->Lanes, to = call->Out, start = call->Start;
        nint column = call->ColumnStep, outColumn = call->OutColumnStep;
        int* rows = call->OutRows, startRows = call->StartRows;
        for (int repeat = call->Repeat; repeat > 0; repeat--)
        {
            nint startColumn = call->StartColumnStep;
            R r0 = R.Load(start + startRows[0], startColumn), r1 = r0, r2 = r0, r3 = r0, r4 = r0, r5 = r0, r6 = r0;
            R r7 = r0, r8 = r0, r9 = r0, r10 = r0, r11 = r0, r12 = r0, r13 = r0;
            if (sizeof(M) > 1) r1 = R.Load(start + startRows[1], startColumn);
            if (sizeof(M) > 2) r2 = R.Load(start + startRows[2], startColumn);
            if (sizeof(M) > 3) r3 = R.Load(start + startRows[3], startColumn);
            if (sizeof(M) > 4) r4 = R.Load(start + startRows[4], startColumn);
            if (sizeof(M) > 5) r5 = R.Load(start + startRows[5], startColumn);
            if (sizeof(M) > 6) r6 = R.Load(start + startRows[6], startColumn);
            if (sizeof(M) > 7) r7 = R.Load(start + startRows[7], startColumn);
            if (sizeof(M) > 8) r8 = R.Load(start + startRows[8], startColumn);
            if (sizeof(M) > 9) r9 = R.Load(start + startRows[9], startColumn);
            if (sizeof(M) > 10) r10 = R.Load(start + startRows[10], startColumn);
            if (sizeof(M) > 11) r11 = R.Load(start + startRows[11], startColumn);
            if (sizeof(M) > 12) r12 = R.Load(start + startRows[12], startColumn);
            if (sizeof(M) > 13) r13 = R.Load(start + startRows[13], startColumn);
            for (int run = 0; run < call->Runs; run++)
            {
                nint at = call->FactorRuns[run];
                T* lane = lanes + call->LaneRuns[run];
                for (int step = call->Length; step > 0; step--)
                {
                    R x = R.Load(lane, column);
                    r0 = R.Fma(F.Load<V, T>(p0 + at), x, r0);
                    if (sizeof(M) > 1) r1 = R.Fma(F.Load<V, T>(p1 + at), x, r1);
                    if (sizeof(M) > 2) r2 = R.Fma(F.Load<V, T>(p2 + at), x, r2);
                    if (sizeof(M) > 3) r3 = R.Fma(F.Load<V, T>(p3 + at), x, r3);
                    if (sizeof(M) > 4) r4 = R.Fma(F.Load<V, T>(p4 + at), x, r4);
                    if (sizeof(M) > 5) r5 = R.Fma(F.Load<V, T>(p5 + at), x, r5);
                    if (sizeof(M) > 6) r6 = R.Fma(F.Load<V, T>(p6 + at), x, r6);
                    if (sizeof(M) > 7) r7 = R.Fma(F.Load<V, T>(p7 + at), x, r7);
                    if (sizeof(M) > 8) r8 = R.Fma(F.Load<V, T>(p8 + at), x, r8);
                    if (sizeof(M) > 9) r9 = R.Fma(F.Load<V, T>(p9 + at), x, r9);
                    if (sizeof(M) > 10) r10 = R.Fma(F.Load<V, T>(p10 + at), x, r10);
                    if (sizeof(M) > 11) r11 = R.Fma(F.Load<V, T>(p11 + at), x, r11);
                    if (sizeof(M) > 12) r12 = R.Fma(F.Load<V, T>(p12 + at), x, r12);
                    if (sizeof(M) > 13) r13 = R.Fma(F.Load<V, T>(p13 + at), x, r13);
                    at += call->FactorStep;
                    lane += call->LaneStep;
                }
            }
            R.Store(to + rows[0], outColumn, r0);
            if (sizeof(M) > 1) R.Store(to + rows[1], outColumn, r1);
            if (sizeof(M) > 2) R.Store(to + rows[2], outColumn, r2);
            if (sizeof(M) > 3) R.Store(to + rows[3], outColumn, r3);
            if (sizeof(M) > 4) R.Store(to + rows[4], outColumn, r4);
            if (sizeof(M) > 5) R.Store(to + rows[5], outColumn, r5);
            if (sizeof(M) > 6) R.Store(to + rows[6], outColumn, r6);
            if (sizeof(M) > 7) R.Store(to + rows[7], outColumn, r7);
            if (sizeof(M) > 8) R.Store(to + rows[8], outColumn, r8);
            if (sizeof(M) > 9) R.Store(to + rows[9], outColumn, r9);
            if (sizeof(M) > 10) R.Store(to + rows[10], outColumn, r10);
            if (sizeof(M) > 11) R.Store(to + rows[11], outColumn, r11);
            if (sizeof(M) > 12) R.Store(to + rows[12], outColumn, r12);
            if (sizeof(M) > 13) R.Store(to + rows[13], outColumn, r13);
            lanes += call->LaneAdvance;
            to += call->OutAdvance;
            start += call->StartAdvance;
        }
    }
}
