using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// The gradients of a normalization over rows whose numbers each have their own γ (or none). A part is some rows of one group; their
/// numbers are visited twice while they are in the cache: for the sums of each row, and for dx and the part's own dγ and dβ. Parts are
/// added in order.
/// </summary>
internal unsafe struct RowNormBackward<T> : IItems<T> where T : unmanaged
{
    // More parts than processors; each costs memory of γ's size twice.
    private const int MostParts = 64;

    private RowNormOperands<T> _at;
    private T* _dgamma, _dbeta;
    private int _rowsEach, _parts;

    /// <summary>Writes dx, and dγ and dβ unless they are empty.</summary>
    public static void Run(in RowNormOperands<T> operands, Span<T> dgamma, Span<T> dbeta)
    {
        RowGrid grid = operands.Grid;
        // Without γ all rows are alike.
        if (operands.Gamma == null) grid = new RowGrid(grid.Rows, 1, grid.RowLength, 1);
        int each = Math.Max(RowNorm.Each(grid.RowLength), (grid.Samples + MostParts - 1) / MostParts);
        int parts = (grid.Samples + each - 1) / each;
        RowNormBackward<T> body = new()
        {
            _at = new(grid, operands.X, operands.Dy, operands.Gamma, operands.Mean, operands.Inverse, operands.Dx),
            _rowsEach = each,
            _parts = parts,
        };
        if (operands.Gamma != null)
        {
            body._dgamma = Scratch.Get<T>(ScratchUse.NormRows, 2L * parts * grid.Parameters);
            body._dbeta = body._dgamma + ((long)parts * grid.Parameters);
        }
        Items.Run<RowNormBackward<T>, T>(body, parts * grid.Groups, 1);
        if (operands.Gamma == null) return;
        PartSums<T>.Run(body._dgamma, parts, grid.Parameters, dgamma);
        PartSums<T>.Run(body._dbeta, parts, grid.Parameters, dbeta);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        LineSums<T> sums = new(Scratch.Get<T>(ScratchUse.NormLines, LineSums<T>.WorkLength));
        T* means = stackalloc T[LineSums<T>.Most];
        T* slopes = stackalloc T[LineSums<T>.Most];
        int length = _at.Grid.Channels, groups = _at.Grid.Groups, together = Math.Clamp(RowNorm.NearNumbers / length, 1, LineSums<T>.Most);
        V count = V.Of((double)length);
        for (int item = from; item < to; item++)
        {
            int group = Math.DivRem(item, _parts, out int part), last = Math.Min(_at.Grid.Samples, (part + 1) * _rowsEach);
            Rows rows = new()
            {
                Gamma = _at.Gamma == null ? null : _at.Gamma + (group * length),
                Dgamma = _dgamma == null ? null : _dgamma + ((long)part * groups * length) + (group * length),
                Dbeta = _dbeta == null ? null : _dbeta + ((long)part * groups * length) + (group * length),
                Means = means,
                Slopes = slopes,
                Step = (nint)groups * length,
                RowStep = groups,
            };
            for (int sample = part * _rowsEach; sample < last; sample += together)
            {
                nint row = ((nint)sample * groups) + group;
                rows.X = _at.X + (row * length);
                rows.Dy = _at.Dy + (row * length);
                rows.Dx = _at.Dx + (row * length);
                rows.Mean = _at.Mean + row;
                rows.Inverse = _at.Inverse + row;
                rows.Count = Math.Min(together, last - sample);
                rows.GoesOn = rows.Gamma != null && sample > part * _rowsEach;
                for (int r = 0; r < rows.Count; r++) rows.Sum<V>(sums, r, length);
                sums.Join<V>(means, slopes);
                for (int i = 0; i < LineSums<T>.Most; i += V.Count)
                {
                    V.Store(means + i, V.Load(means + i) / count);
                    V.Store(slopes + i, V.Load(slopes + i) / count);
                }
                int c = 0;
                for (; c <= length - (2 * V.Count); c += 2 * V.Count) rows.TwoColumns<V>(c);
                for (; c <= length - V.Count; c += V.Count) rows.Column<V>(c);
                if (V.Count > W128<T>.Count) for (; c <= length - W128<T>.Count; c += W128<T>.Count) rows.Column<W128<T>>(c);
                for (; c < length; c++) rows.Column<W1<T>>(c);
            }
        }
    }

    /// <summary>A few rows of one group, <see cref="Step"/> numbers apart.</summary>
    private struct Rows
    {
        public T* X, Dy, Dx, Gamma, Dgamma, Dbeta, Mean, Inverse, Means, Slopes;
        public nint Step;
        public int RowStep, Count;

        /// <summary>Whether dγ and dβ hold sums of rows before these.</summary>
        public bool GoesOn;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Sum<V>(in LineSums<T> sums, int r, int length) where V : struct, ILane<V, T>
        {
            V mean = V.Broadcast(Mean + (r * RowStep)), scale = V.Broadcast(Inverse + (r * RowStep));
            T* x = X + (r * Step), dy = Dy + (r * Step);
            if (Gamma == null) sums.Add<LineGradients, V>(r, x, dy, null, length, mean, scale);
            else sums.Add<LineScaledGradients, V>(r, x, dy, Gamma, length, mean, scale);
        }

        /// <summary>dx, dγ and dβ of a register of columns.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Column<V>(int c) where V : struct, ILane<V, T>
        {
            bool scaled = Gamma != null;
            V gamma = scaled ? V.Load(Gamma + c) : V.Of(1);
            V dgamma = GoesOn ? V.Load(Dgamma + c) : V.Of(0), dbeta = GoesOn ? V.Load(Dbeta + c) : V.Of(0);
            nint at = c;
            for (int r = 0; r < Count; r++, at += Step)
            {
                V mean = V.Broadcast(Mean + (r * RowStep)), scale = V.Broadcast(Inverse + (r * RowStep));
                V dy = V.Load(Dy + at), n = (V.Load(X + at) - mean) * scale;
                V.Store(Dx + at, scale * ((dy * gamma) - V.Fma(n, V.Broadcast(Slopes + r), V.Broadcast(Means + r))));
                dbeta += dy;
                dgamma = V.Fma(dy, n, dgamma);
            }
            if (!scaled) return;
            V.Store(Dgamma + c, dgamma);
            V.Store(Dbeta + c, dbeta);
        }

        /// <summary>Two registers of columns, for which the numbers of a row are read once.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void TwoColumns<V>(int c) where V : struct, ILane<V, T>
        {
            bool scaled = Gamma != null;
            int d = c + V.Count;
            V zero = V.Of(0), gamma0 = scaled ? V.Load(Gamma + c) : V.Of(1), gamma1 = scaled ? V.Load(Gamma + d) : gamma0;
            V dgamma0 = GoesOn ? V.Load(Dgamma + c) : zero, dgamma1 = GoesOn ? V.Load(Dgamma + d) : zero;
            V dbeta0 = GoesOn ? V.Load(Dbeta + c) : zero, dbeta1 = GoesOn ? V.Load(Dbeta + d) : zero;
            T* x = X + c, dy = Dy + c, dx = Dx + c;
            for (int r = 0; r < Count; r++, x += Step, dy += Step, dx += Step)
            {
                V mean = V.Broadcast(Mean + (r * RowStep)), scale = V.Broadcast(Inverse + (r * RowStep));
                V c0 = V.Broadcast(Means + r), slope = V.Broadcast(Slopes + r);
                V dy0 = V.Load(dy), dy1 = V.Load(dy + V.Count), n0 = (V.Load(x) - mean) * scale, n1 = (V.Load(x + V.Count) - mean) * scale;
                V.Store(dx, scale * ((dy0 * gamma0) - V.Fma(n0, slope, c0)));
                V.Store(dx + V.Count, scale * ((dy1 * gamma1) - V.Fma(n1, slope, c0)));
                dbeta0 += dy0;
                dbeta1 += dy1;
                dgamma0 = V.Fma(dy0, n0, dgamma0);
                dgamma1 = V.Fma(dy1, n1, dgamma1);
            }
            if (!scaled) return;
            V.Store(Dgamma + c, dgamma0);
            V.Store(Dgamma + d, dgamma1);
            V.Store(Dbeta + c, dbeta0);
            V.Store(Dbeta + d, dbeta1);
        }
    }
}
