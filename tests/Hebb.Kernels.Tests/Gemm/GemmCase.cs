using System.Numerics;

namespace Hebb.Kernels.Tests;

/// <summary>One random product, its operands with chosen strides and gaps, and the truth by a plain triple loop in double.</summary>
internal sealed class GemmCase<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly int M, N, K, ARow, AColumn, BRow, BColumn, CRow;
    public readonly T[] A, B, C;
    public readonly double[,] Product, Magnitude;

    /// <param name="layout">Bits 0, 1: transposed A, B; bit 2: gaps; bit 3: no stride is 1.</param>
    public GemmCase(int m, int n, int k, int layout, int seed)
    {
        (M, N, K) = (m, n, k);
        var random = new Random(seed);
        int step = (layout & 8) != 0 ? 2 : 1, gap = (layout & 4) != 0 ? 3 : 0;
        (ARow, AColumn) = (layout & 1) != 0 ? (step, step * m + gap) : (step * k + gap, step);
        (BRow, BColumn) = (layout & 2) != 0 ? (step, step * k + gap) : (step * n + gap, step);
        CRow = n + gap;
        A = Fill(Length(m, k, ARow, AColumn));
        B = Fill(Length(k, n, BRow, BColumn));
        C = Fill(Length(m, n, CRow, 1));
        (Product, Magnitude) = (new double[m, n], new double[m, n]);
        double[] a = [.. A.Select(double.CreateChecked)], b = [.. B.Select(double.CreateChecked)];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
                for (int p = 0; p < k; p++)
                {
                    double term = a[i * ARow + p * AColumn] * b[p * BRow + j * BColumn];
                    Product[i, j] += term;
                    Magnitude[i, j] += Math.Abs(term);
                }

        T[] Fill(int count)
        {
            var numbers = new T[count];
            for (int i = 0; i < count; i++) numbers[i] = T.CreateChecked(random.NextDouble() * 2 - 1);
            return numbers;
        }
    }

    public static double Epsilon => typeof(T) == typeof(float) ? Math.Pow(2, -24) : Math.Pow(2, -53);

    private static int Length(int rows, int columns, int row, int column) =>
        rows == 0 || columns == 0 ? 0 : 1 + (rows - 1) * row + (columns - 1) * column;

    public T[] Run(bool accumulate = false)
    {
        T[] c = [.. C];
        Gemm.Run<T>(M, N, K, A, ARow, AColumn, B, BRow, BColumn, c, CRow, accumulate);
        return c;
    }

    public T[] RunPacked(bool accumulate = false)
    {
        T[] c = [.. C];
        var packed = new PackedMatrix<T>();
        packed.Pack(K, N, B, BRow, BColumn);
        Gemm.Run(M, A, ARow, AColumn, packed, c, CRow, accumulate);
        return c;
    }

    /// <summary>Every number within the rounding errors of k + 2 operations, and nothing written outside C's columns.</summary>
    public void Check(T[] c, bool accumulate)
    {
        var gaps = new HashSet<int>(Enumerable.Range(0, C.Length));
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
            {
                int at = i * CRow + j;
                gaps.Remove(at);
                double old = accumulate ? double.CreateChecked(C[at]) : 0, expected = Product[i, j] + old;
                double error = Math.Abs(double.CreateChecked(c[at]) - expected);
                double bound = (K + 2) * Epsilon * (Magnitude[i, j] + Math.Abs(old));
                if (!(error <= bound)) Assert.Fail($"{this} accumulate {accumulate}: C[{i},{j}] = {c[at]}, expected {expected}");
            }
        foreach (int at in gaps) Assert.Equal(C[at], c[at]);
    }

    public override string ToString() =>
        $"{typeof(T).Name} {M} x {N} x {K}, A ({ARow}, {AColumn}), B ({BRow}, {BColumn}), lanes {Lanes.Width}, threads {Team.Threads}";
}
