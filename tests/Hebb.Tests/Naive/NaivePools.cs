using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>Poolings of images [N, C, H, W] and their gradients.</summary>
internal static class NaivePools
{
    public static void AddTo(KernelTable table)
    {
        table.Add<AveragePool>((op, x, y) =>
        {
            double[] counts = Counts(op.Window, op.CountsPadding, x[0].Shape, y[0].Shape);
            Walk(op.Window, x[0].Shape, y[0].Shape, (input, output, _) =>
            {
                if (input >= 0) y[0].Real[output] += x[0].Real[input] / counts[output];
            });
        });
        table.Add<AveragePoolGrad>((op, x, y) =>
        {
            double[] counts = Counts(op.Window, op.CountsPadding, y[0].Shape, x[0].Shape);
            Walk(op.Window, y[0].Shape, x[0].Shape, (input, output, _) =>
            {
                if (input >= 0) y[0].Real[input] += x[0].Real[output] / counts[output];
            });
        });
        table.Add<MaxPool>((op, x, y) =>
        {
            double[] winners = [.. Enumerable.Repeat(-1.0, y[0].Count)], largest = y[0].Real;
            Walk(op.Window, x[0].Shape, y[0].Shape, (input, output, number) =>
            {
                if (input < 0) return;
                double value = x[0].Real[input];
                bool isBetter = winners[output] < 0 || value > largest[output] || (double.IsNaN(value) && !double.IsNaN(largest[output]));
                if (isBetter) (winners[output], largest[output]) = (number, value);
            });
            if (op.WithWinners) winners.CopyTo(y[1].Real, 0);
        });
        table.Add<MaxPoolGrad>((op, x, y) => Walk(op.Window, y[0].Shape, x[0].Shape, (input, output, number) =>
        {
            if (input >= 0 && x[1].Real[output] == number) y[0].Real[input] += x[0].Real[output];
        }));
        table.Add<MaxPoolGradGrad>((op, x, y) => Walk(op.Window, x[0].Shape, y[0].Shape, (input, output, number) =>
        {
            if (input >= 0 && x[1].Real[output] == number) y[0].Real[output] = x[0].Real[input];
        }));
    }

    private static double[] Counts(PoolWindow window, bool countsPadding, Shape x, Shape y)
    {
        double[] counts = new double[y.Count];
        Walk(window, x, y, (input, output, _) => counts[output] += input >= 0 || countsPadding ? 1 : 0);
        return counts;
    }

    /// <summary>
    /// Each element of each window that lies in the image or in its padding: the input (-1 in the padding), the result, and its number in
    /// the window.
    /// </summary>
    private static void Walk(PoolWindow s, Shape x, Shape y, Action<int, int, int> visit)
    {
        (int planes, int height, int width) = (x[0] * x[1], x[2], x[3]);
        (int outHeight, int outWidth) = (y[2], y[3]);
        for (int plane = 0; plane < planes; plane++)
        {
            for (int at = 0; at < outHeight * outWidth; at++)
            {
                (int top, int left) = (at / outWidth * s.StrideH - s.PadH, at % outWidth * s.StrideW - s.PadW);
                for (int number = 0; number < s.KernelH * s.KernelW; number++)
                {
                    (int row, int column) = (top + number / s.KernelW, left + number % s.KernelW);
                    if (row >= height + s.PadH || column >= width + s.PadW) continue;
                    bool isInside = row >= 0 && row < height && column >= 0 && column < width;
                    visit(isInside ? (plane * height + row) * width + column : -1, plane * outHeight * outWidth + at, number);
                }
            }
        }
    }
}
