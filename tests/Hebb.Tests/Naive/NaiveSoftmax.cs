using Hebb.Ops;

namespace Hebb.Tests.Naive;

/// <summary>The softmax along an axis, its logarithm, the cross-entropy and their gradients, line by line.</summary>
internal static class NaiveSoftmax
{
    public static void AddTo(KernelTable table)
    {
        table.Add<Softmax>((op, x, y) => Lines(y[0].Shape, op.Axis, (_, line) =>
        {
            Divide(x[0], line, y[0]);
        }));
        table.Add<SoftmaxGrad>((op, x, y) => Lines(y[0].Shape, op.Axis, (_, line) =>
        {
            double sum = line.Sum(i => x[0].Real[i] * x[1].Real[i]);
            foreach (int i in line) y[0].Real[i] = x[1].Real[i] * (x[0].Real[i] - sum);
        }));
        table.Add<LogSoftmax>((op, x, y) => Lines(y[0].Shape, op.Axis, (_, line) =>
        {
            double log = LogSumExp(x[0], line);
            foreach (int i in line) y[0].Real[i] = x[0].Real[i] - log;
        }));
        table.Add<LogSoftmaxGrad>((op, x, y) => Lines(y[0].Shape, op.Axis, (_, line) =>
        {
            double sum = line.Sum(i => x[0].Real[i]);
            foreach (int i in line) y[0].Real[i] = x[0].Real[i] - Math.Exp(x[1].Real[i]) * sum;
        }));
        table.Add<SoftmaxCrossEntropy>((op, x, y) => Lines(x[0].Shape, op.Axis, (number, line) =>
        {
            double log = LogSumExp(x[0], line);
            Divide(x[0], line, y[1]);
            if (!x[1].IsWhole) y[0].Real[number] = line.Sum(i => x[1].Real[i] * (log - x[0].Real[i]));
            else if (x[1].Whole[number] != op.Ignored) y[0].Real[number] = log - x[0].Real[line[Class(x[1].Whole[number], line.Length)]];
        }));
        table.Add<SoftmaxCrossEntropyGrad>((op, x, y) => Lines(y[0].Shape, op.Axis, (number, line) =>
        {
            double g = x[0].Real[number];
            if (x[2].IsWhole && x[2].Whole[number] == op.Ignored) return;
            double total = x[2].IsWhole ? 1 : line.Sum(i => x[2].Real[i]);
            foreach (int i in line) y[0].Real[i] = (x[1].Real[i] * total - (x[2].IsWhole ? 0 : x[2].Real[i])) * g;
            if (x[2].IsWhole) y[0].Real[line[Class(x[2].Whole[number], line.Length)]] -= g;
        }));
        table.Add<CategoryIndices>((op, x, y) =>
        {
            for (int i = 0; i < y[0].Count; i++)
            {
                y[0].Whole[i] = (long)x[0].Real[i];
                if (y[0].Whole[i] != x[0].Real[i] || (ulong)y[0].Whole[i] >= (ulong)op.Count) throw new ArgumentException("No category.");
            }
        });
        table.Add<ClassIndices>((op, x, y) =>
        {
            for (int i = 0; i < x[0].Whole.Length; i++)
                y[0].Whole[i] = x[0].Whole[i] == op.Ignored ? 0 : Class(x[0].Whole[i], op.Count);
        });
    }

    private static void Lines(Shape shape, int axis, Action<int, int[]> visit)
    {
        (int[] starts, int size, int step) = Places.Lines(shape, axis);
        for (int number = 0; number < starts.Length; number++)
        {
            int start = starts[number];
            visit(number, [.. Enumerable.Range(0, size).Select(i => start + i * step)]);
        }
    }

    /// <summary>e^x / Σ e^x, with the largest x taken out.</summary>
    private static void Divide(Numbers x, int[] line, Numbers y)
    {
        double largest = line.Length == 0 ? 0 : line.Max(i => x.Real[i]);
        double sum = line.Sum(i => Math.Exp(x.Real[i] - largest));
        foreach (int i in line) y.Real[i] = Math.Exp(x.Real[i] - largest) / sum;
    }

    private static double LogSumExp(Numbers x, int[] line)
    {
        double largest = line.Length == 0 ? 0 : line.Max(i => x.Real[i]);
        return largest + Math.Log(line.Sum(i => Math.Exp(x.Real[i] - largest)));
    }

    private static int Class(long target, int classes) => target >= 0 && target < classes
        ? (int)target
        : throw new ArgumentException($"A target is class {target}; classes are 0 to {classes - 1}.");
}
