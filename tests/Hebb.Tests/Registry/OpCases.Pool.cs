using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static PoolWindow Overlapping => new(3, 2, 2, 1, 1, 1);

    private static IEnumerable<OpCase> Pool =>
    [
        Pooling(nameof(MaxPool), [2, 3, 4, 6], PoolWindow.Square(2), x => x.Max()),
        Pooling(nameof(MaxPool), [2, 2, 5, 4], Overlapping, x => x.Max(), "overlapping"),
        Pooling(nameof(MaxPool), [17, 1, 4, 4], PoolWindow.Square(2), x => x.Max(), "lanes over the batch"),
        Pooling(nameof(MaxPool), [1, 20, 3, 3], PoolWindow.Square(3), x => x.Max(), "lanes over channels"),
        Pooling(nameof(MaxPoolGrad), [1, 2, 4, 4], PoolWindow.Square(2), null) with { IsOfGradient = true },
        Pooling(nameof(MaxPoolGradGrad), [1, 2, 4, 4], PoolWindow.Square(2), null) with { IsOfSecondGradient = true },
        Pooling(nameof(AveragePool), [2, 3, 4, 6], PoolWindow.Square(2), x => x.Sum() / 4),
        Pooling(nameof(AveragePool), [2, 2, 5, 4], Overlapping, x => x.Sum() / 6, "overlapping"),
        new(nameof(AveragePool), x => x[0].AveragePool(Overlapping, countsPadding: false), Images([1, 2, 5, 4]))
        {
            Note = "padding left out",
            Truth = x => Pooled(x[0], Overlapping, seen => seen.Average()),
        },
        Pooling(nameof(AveragePoolGrad), [1, 2, 4, 4], PoolWindow.Square(2), null) with { IsOfGradient = true },
    ];

    private static OpCase Pooling(string op, Shape shape, PoolWindow window, Func<List<double>, double>? summary, string note = "") => new(
        op, x => op.StartsWith("Average", StringComparison.Ordinal) ? x[0].AveragePool(window) : x[0].MaxPool(window), Images(shape))
    {
        Note = note,
        Truth = summary is null ? null : x => Pooled(x[0], window, summary),
    };

    private static NumberArray Pooled(NumberArray x, PoolWindow s, Func<List<double>, double> summary)
    {
        Shape shape = [x.Shape[0], x.Shape[1], (x.Shape[2] + 2 * s.PadH - s.KernelH) / s.StrideH + 1,
            (x.Shape[3] + 2 * s.PadW - s.KernelW) / s.StrideW + 1];
        return NumberArray.Make(shape, at =>
        {
            List<double> seen = [];
            for (int u = 0; u < s.KernelH; u++)
            {
                for (int v = 0; v < s.KernelW; v++)
                {
                    int i = at[2] * s.StrideH + u - s.PadH, j = at[3] * s.StrideW + v - s.PadW;
                    if (i >= 0 && j >= 0 && i < x.Shape[2] && j < x.Shape[3]) seen.Add(x[at[0], at[1], i, j]);
                }
            }
            return summary(seen);
        });
    }
}
