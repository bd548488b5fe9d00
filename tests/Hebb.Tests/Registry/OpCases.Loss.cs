using Hebb.Ops;

namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Loss =>
    [
        .. Binary(nameof(BinaryCrossEntropy), (p, t) => p.BinaryCrossEntropy(t), (p, t) =>
            -(t * Math.Log(p)) - ((1 - t) * Math.Log(1 - p)), (0.1, 0.9), (0, 1)),
        .. Binary(nameof(BinaryCrossEntropySlope), (p, t) => p.Apply(new BinaryCrossEntropySlope(), t), (p, t) =>
            (p - t) / (p * (1 - p)), (0.1, 0.9), (0, 1)),
        .. Lines(nameof(Softmax), (x, axis) => x.Softmax(axis), line => [.. line.Select(v => Math.Exp(v) / line.Sum(Math.Exp))]),
        .. Lines(nameof(LogSoftmax), (x, axis) => x.LogSoftmax(axis), line => [.. line.Select(v => v - Math.Log(line.Sum(Math.Exp)))]),
        .. GradientLines(nameof(SoftmaxGrad), (x, axis) => x.Softmax(axis)),
        .. GradientLines(nameof(LogSoftmaxGrad), (x, axis) => x.LogSoftmax(axis)),
        Classes(nameof(SoftmaxCrossEntropy), [3, 4], 1, [2, 0, 3]),
        Classes(nameof(SoftmaxCrossEntropy), [4], 0, [1]),
        Classes(nameof(SoftmaxCrossEntropy), [2, 3, 2], 1, [2, 0, 1, 1]),
        Classes(nameof(SoftmaxCrossEntropy), [2, 40], 1, [39, 7]),
        Classes(nameof(SoftmaxCrossEntropy), [0, 4], 1, []),
        Classes(nameof(SoftmaxCrossEntropy), [3, 4], 1, [2, -1, 3], ignored: -1),
        Classes(nameof(SoftmaxCrossEntropyGrad), [3, 4], 1, [2, 0, 3]) with { IsOfGradient = true },
        Classes(nameof(SoftmaxCrossEntropyGrad), [3, 4], 1, [2, -1, 3], ignored: -1) with { IsOfGradient = true },
        Classes(nameof(SoftmaxCrossEntropyGrad), [2, 3, 2], 1, [2, 0, 1, 1]) with { IsOfGradient = true },
        .. ((long?[])[null, -1]).Select(ignored =>
            new OpCase(nameof(ClassIndices), x => x[0].Apply(new ClassIndices(5, ignored)), Input.Whole([2, 2], 3, ignored ?? 0, 4, 1))
            {
                Note = ignored is null ? "" : "one ignored",
                Truth = x => NumberArray.Make([2, 2], at => x[0][at] == ignored ? 0 : x[0][at]),
            }),
        Distributions(nameof(SoftmaxCrossEntropy), [3, 4]),
        Distributions(nameof(SoftmaxCrossEntropy), [2, 40]),
        Distributions(nameof(SoftmaxCrossEntropyGrad), [3, 4]) with { IsOfGradient = true },
        .. Binary(nameof(BceWithLogits), (z, t) => z.BceWithLogits(t), (z, t) => Math.Log(1 + Math.Exp(z)) - (z * t), (-4, 4), (0, 1)),
        .. ((Shape[])[[3], [5, 1], [3, 37]]).Select(targets =>
            new OpCase(nameof(BceWithLogitsGrad), x => x[0].BceWithLogits(x[1]), Input.Between(-4, 4, [5, targets[-1]]),
                Input.Between(0, 1, targets.Rank == 2 && targets[1] > 1 ? [5, 37] : targets)) { IsOfGradient = true }),
    ];

    private static IEnumerable<OpCase> GradientLines(string op, Func<Tensor, int, Tensor> function) =>
        from axis in Enumerable.Range(0, 3)
        select new OpCase(op, x => function(x[0], axis), Input.Between(-2, 2, [2, 3, 4])) { IsOfGradient = true, Note = $"along {axis}" };

    private static OpCase Classes(string op, Shape shape, int axis, double[] classes, long? ignored = null) => new(
        op, x => x[0].SoftmaxCrossEntropy(x[1], axis, ignored), Input.Between(-2, 2, shape), Input.Whole(shape.Without(axis), classes))
    {
        Note = $"classes{(ignored is null ? "" : ", one ignored")}",
        Truth = x => NumberArray.Make(shape.Without(axis), at =>
        {
            double[] line = Line(x[0], [.. at[..axis], 0, .. at[axis..]], axis);
            return x[1][at] == ignored ? 0 : Math.Log(line.Sum(Math.Exp)) - line[(int)x[1][at]];
        }),
    };

    private static OpCase Distributions(string op, Shape shape) =>
        new(op, x => x[0].SoftmaxCrossEntropy(x[1]), Input.Between(-2, 2, shape), Input.Between(0, 1, shape))
        {
            Note = "probabilities",
            Truth = x =>
                NumberArray.Make(
                [shape[0]], at => -Row(x[1], at[0]).Zip(Row(x[0], at[0]))
                .Sum(pair => pair.First * (pair.Second - Math.Log(Row(x[0], at[0]).Sum(Math.Exp))))),
        };
}
