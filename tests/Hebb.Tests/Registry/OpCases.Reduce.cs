using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static readonly Shape[] s_cubes = [[2, 3, 4], [1, 3, 1], [7, 5, 19]];

    private static IEnumerable<OpCase> Reduce =>
    [
        .. Over(nameof(Sum), (x, axes, keep) => x.Sum(axes, keep), values => values.Sum()),
        .. Over(nameof(Sum), (x, axes, keep) => x.Mean(axes, keep), values => values.Average(), "Mean"),
        .. Over(nameof(Mul), (x, axes, keep) => x.Prod(axes, keep), values =>
            values.Aggregate(1.0, (a, b) => a * b), "Prod", 0.8, 1.3, mostElements: 24, ownsOp: false),
        .. Over(nameof(Gather), (x, axes, keep) => x.Max(axes, keep), values => values.Max(), "Max"),
        .. Over(nameof(Gather), (x, axes, keep) => x.Min(axes, keep), values => values.Min(), "Min"),
        .. Over(nameof(Abs), (x, axes, keep) => x.Norm(1, axes, keep), values => values.Sum(Math.Abs), "Norm 1", 0.1, 2),
        .. Over(nameof(Square), (x, axes, keep) => x.Norm(2, axes, keep), values => Math.Sqrt(values.Sum(v => v * v)), "Norm 2", 0.1, 2),
        .. Over(nameof(PowScalar), (x, axes, keep) => x.Norm(3, axes, keep), values =>
            Math.Cbrt(values.Sum(v => Math.Abs(v * v * v))), "Norm 3", 0.1, 2),
        .. Over(nameof(ArgMax), (x, axes, keep) => x.Norm(double.PositiveInfinity, axes, keep), values =>
            values.Max(Math.Abs), "Norm infinity", 0.1, 2),
        .. Over(nameof(Square), (x, axes, keep) => x.Variance(axes, 0, keep), values =>
            values.Average(v => Math.Pow(v - values.Average(), 2)), "Variance"),
        .. Over(nameof(Exp), (x, axes, keep) => x.LogSumExp(axes, keep), values => Math.Log(values.Sum(Math.Exp)), "LogSumExp"),
        .. Over(nameof(Sum), (x, axes, keep) => (x > 0.1).CountNonZero(axes), values =>
            values.Count(v => v > 0.1), "CountNonZero", keeps: false),
        .. Over(nameof(Sum), (x, axes, keep) => (x > -0.5).All(axes), values => values.All(v => v > -0.5) ? 1 : 0, "All", keeps: false),
        .. Over(nameof(Sum), (x, axes, keep) => (x > 0.9).Any(axes), values => values.Any(v => v > 0.9) ? 1 : 0, "Any", keeps: false),
        new(nameof(Sum), x => x[0].Sum(0), Input.Whole([2, 3], 1, 2, 3, 40, 50, 60)) { Note = "int64", Truth = _ =>
            new([3], [41, 52, 63]) },
        new(nameof(Sum), x => x[0].Sum(), Input.Between(-1, 1, [0, 3])) { Truth = _ => new([], [0]) },
        new(nameof(Sqrt), x => x[0].StandardDeviation([1], correction: 1), Input.Between(-2, 2, [3, 5]))
        {
            Truth = x => NumberArray.Make([3], at => Math.Sqrt(Row(x[0], at[0]).Sum(v => Math.Pow(v - Row(x[0], at[0]).Average(), 2)) / 4)),
        },
        .. Places(nameof(ArgMax), (x, axis) => x.ArgMax(axis), line => Array.IndexOf(line, line.Max())),
        .. Places(nameof(ArgMin), (x, axis) => x.ArgMin(axis), line => Array.IndexOf(line, line.Min())),
        .. Lines(nameof(CumulativeSum), (x, axis) => x.CumulativeSum(axis), line => [.. line.Select((_, k) => line.Take(k + 1).Sum())]),
        .. Lines(nameof(CumulativeSum), (x, axis) => x.CumulativeSum(axis, reverse: true), line =>
            [.. line.Select((_, k) => line.Skip(k).Sum())], "reverse"),
        new(nameof(CumulativeSum), x => x[0].CumulativeSum(), Input.Whole([3], 1, 20, 300)) { Note = "int64", Truth = _ =>
            new([3], [1, 21, 321]) },
    ];

    private static double[] Row(NumberArray x, int row) => x.Values[(row * x.Shape[1])..((row + 1) * x.Shape[1])];

    private delegate Tensor Along(Tensor x, ReadOnlySpan<int> axes, bool keepAxes);

    /// <summary>Lines for a function that makes one number of those along some axes.</summary>
    private static IEnumerable<OpCase> Over(
        string op, Along function, Func<double[], double> truth, string note = "", double low = -1, double high = 1,
            int mostElements = 1000, bool ownsOp = true, bool keeps = true)
    {
        foreach (Shape shape in s_cubes)
        {
            if (shape.Count > mostElements) continue;
            foreach (int[] axes in (int[][])[[], [0], [-1], [1], [2, 0], [0, 1]])
            {
                foreach (bool keep in keeps ? (bool[])[false, true] : [false])
                {
                    int[] gone = axes.Length == 0 ? [0, 1, 2] : [.. axes.Select(axis => (axis + 3) % 3)];
                    bool isTrivial = !ownsOp && gone.All(axis => shape[axis] == 1);
                    if (isTrivial) continue;
                    yield return new OpCase(op, x => function(x[0], axes, keep), Input.Between(low, high, shape))
                    {
                        Note = $"{note} over [{string.Join(", ", axes)}]{(keep ? " kept" : "")}",
                        Truth = x => Reduced(x[0], gone, keep, truth),
                        Tolerance = 1e-12,
                    };
                }
            }
        }
    }

    private static NumberArray Reduced(NumberArray x, int[] gone, bool keep, Func<double[], double> truth)
    {
        int[] kept = [.. Enumerable.Range(0, x.Shape.Rank).Except(gone)];
        var groups = Enumerable.Range(0, x.Values.Length)
            .GroupBy(i => { int[] at = NumberArray.Index(x.Shape, i); return string.Join(",", kept.Select(axis => at[axis])); });
        int[] sizes = keep ? [.. Enumerable.Range(0, x.Shape.Rank).Select(axis => gone.Contains(axis) ? 1 : x.Shape[axis])]
            : [.. kept.Select(axis => x.Shape[axis])];
        return new NumberArray(Shape.Create(sizes), [.. groups.Select(group => truth([.. group.Select(i => x.Values[i])]))]);
    }

    private static IEnumerable<OpCase> Places(string op, Func<Tensor, int, Tensor> function, Func<double[], int> truth) =>
        from shape in s_cubes
        from axis in Enumerable.Range(0, 3)
        select new OpCase(op, x => function(x[0], axis), Input.Between(-1, 1, shape))
        {
            Note = $"along {axis}",
            Truth = x => Reduced(x[0], [axis], false, line => truth(line)),
        };

    /// <summary>Lines for a function that makes a line of numbers of each line along an axis.</summary>
    private static IEnumerable<OpCase> Lines(
        string op, Func<Tensor, int, Tensor> function, Func<double[], double[]> truth, string note = "") =>
        from shape in (Shape[])[.. s_cubes, [2, 0, 3]]
        from axis in Enumerable.Range(0, 3)
        select new OpCase(op, x => function(x[0], axis), Input.Between(-1, 1, shape))
        {
            Note = $"{note} along {axis}",
            Truth = x => NumberArray.Make(x[0].Shape, at => truth(Line(x[0], at, axis))[at[axis]]),
        };

    private static double[] Line(NumberArray x, int[] at, int axis) =>
        [.. Enumerable.Range(0, x.Shape[axis]).Select(k => x[[.. at.Select((place, i) => i == axis ? k : place)]])];
}
