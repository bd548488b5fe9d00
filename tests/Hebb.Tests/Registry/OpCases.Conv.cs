using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Conv =>
    [
        Correlation([2, 3, 5, 4], [4, 3, 3, 2], ConvWindow.Square()),
        Correlation([2, 2, 5, 5], [3, 2, 3, 3], ConvWindow.Square(stride: 2, pad: 1), "stride and padding"),
        Correlation([1, 2, 7, 6], [2, 2, 3, 2], ConvWindow.Square(dilation: 2), "dilation"),
        Correlation([2, 4, 4, 4], [6, 2, 3, 3], ConvWindow.Square(pad: 1, groups: 2), "groups"),
        Correlation([17, 1, 4, 4], [2, 1, 3, 3], ConvWindow.Square(pad: 1), "lanes over the batch"),
        Correlation([1, 3, 3, 3], [33, 3, 1, 1], ConvWindow.Square(), "one by one"),
        Correlation([1, 1, 3, 6], [1, 1, 2, 3], new ConvWindow(2, 3, 1, 0),
            "rectangles") with { Inputs = [Images([1, 1, 3, 6]), Images([1, 1, 2, 3])] },
        Correlation([2, 2, 4, 4], [3, 2, 3, 3], ConvWindow.Square(pad: 1)) with { Op = nameof(Conv2dInputGrad), IsOfGradient = true,
            Truth = null },
        Correlation([2, 2, 4, 4], [3, 2, 3, 3], ConvWindow.Square(pad: 1)) with { Op = nameof(Conv2dWeightGrad), IsOfGradient = true,
            Truth = null },
        Normalized([2, 2, 5, 5], [3, 2, 3, 3], ConvWindow.Square(stride: 2, pad: 1), hasBias: true),
        Normalized([2, 4, 4, 4], [4, 1, 3, 3], ConvWindow.Square(groups: 4), hasBias: false),
        Placed(left: 0, "from its place on") with { Truth = t => CorrelateAt(t[0], t[1], t[2], 0) },
        Placed(left: 2, "reaching out of both ends") with { Truth = t => CorrelateAt(t[0], t[1], t[2], 2) },
        Placed(left: 1, "") with { Op = nameof(ConvAtPositionsInputGrad), IsOfGradient = true },
        Placed(left: 1, "") with { Op = nameof(ConvAtPositionsWeightGrad), IsOfGradient = true },
        new(nameof(BestWindows), t => t[0].Apply(new BestWindows(1), t[1]), Images([2, 4, 3]), Images([3, 3, 3])) { Truth = t =>
            BestPlaces(t[0], t[1], null, 1) },
        new(nameof(BestWindows), t =>
            t[0].Apply(new BestWindows(0), t[1], t[2]), Images([2, 4, 3]), Images([3, 2, 3]), Input.Truths([2, 4], 0, 1, 1, 0, 0, 0, 0, 0))
        {
            Note = "masked",
            Truth = t => BestPlaces(t[0], t[1], t[2], 0),
        },
    ];

    private static OpCase Placed(int left, string note) => new(
        nameof(ConvAtPositions), t =>
            t[0].Apply(new ConvAtPositions(left), t[1], t[2]), Images([2, 4, 3]), Images([3, 3, 3]), Input.Whole([2, 3], 0, 3, 1, 2, 0, 0))
    { Note = note };

    private static NumberArray CorrelateAt(NumberArray x, NumberArray w, NumberArray places, int left) =>
        NumberArray.Make([x.Shape[0], w.Shape[0]], at =>
    {
        double sum = 0;
        for (int k = 0; k < w.Shape[1]; k++)
        {
            int step = (int)places[at[0], at[1]] + k - left;
            for (int c = 0; c < w.Shape[2] && step >= 0 && step < x.Shape[1]; c++) sum += x[at[0], step, c] * w[at[1], k, c];
        }
        return sum;
    });

    private static NumberArray BestPlaces(NumberArray x, NumberArray w, NumberArray? mask, int left)
    {
        NumberArray[] sums = [.. Enumerable.Range(0, x.Shape[1])
            .Select(step => CorrelateAt(x, w, NumberArray.Make([x.Shape[0], w.Shape[0]], _ => step), left))];
        return NumberArray.Make([x.Shape[0], w.Shape[0]], at =>
            Enumerable.Range(0, x.Shape[1]).Where(step => mask is null || mask[at[0], step] != 0)
                .OrderByDescending(step => sums[step][at[0], at[1]]).FirstOrDefault(0));
    }

    private static Input Images(Shape shape) => Input.Between(-1, 1, shape);

    private static OpCase Correlation(Shape x, Shape w, ConvWindow window, string note = "") => new(
        nameof(Conv2d), t => t[0].Conv2d(t[1], t.Length > 2 ? t[2] : null, window), Images(x), Images(w), Images([w[0]]))
    {
        Note = note,
        Truth = t => Correlate(t[0], t[1], t.Length > 2 ? t[2] : null, window),
    };

    private static OpCase Normalized(Shape x, Shape w, ConvWindow window, bool hasBias)
    {
        Shape channels = [w[0]];
        Input[] bias = hasBias ? [Images(channels)] : [];
        Input[] statistics =
            [Input.Between(0.5, 2, channels), Images(channels), Images(channels).Constant(), Input.Between(0.5, 2, channels).Constant()];
        NormalizedConv2d op = new(new Conv2d(window), new NormalizeWith(NormEpsilon));
        return new(nameof(NormalizedConv2d), t => t[0].Apply(op, t[1..]), [Images(x), Images(w), .. bias, .. statistics])
        {
            Note = hasBias ? "" : "without bias",
            Truth = t =>
            {
                NumberArray sums = Correlate(t[0], t[1], hasBias ? t[2] : null, window);
                return NumberArray.Make(sums.Shape, at => (sums[at[0], at[1], at[2], at[3]] - t[^2][at[1]])
                    / Math.Sqrt(t[^1][at[1]] + NormEpsilon) * t[^4][at[1]] + t[^3][at[1]]);
            },
        };
    }

    private static NumberArray Correlate(NumberArray x, NumberArray w, NumberArray? b, ConvWindow s)
    {
        int Size(int size, int kernel, int stride, int pad, int dilation) => (size + 2 * pad - dilation * (kernel - 1) - 1) / stride + 1;
        int channels = w.Shape[1], perGroup = w.Shape[0] / s.Groups;
        Shape shape = [x.Shape[0], w.Shape[0], Size(x.Shape[2], w.Shape[2], s.StrideH, s.PadH, s.DilationH),
            Size(x.Shape[3], w.Shape[3], s.StrideW, s.PadW, s.DilationW)];
        return NumberArray.Make(shape, at =>
        {
            double sum = b is null ? 0 : b[at[1]];
            for (int c = 0; c < channels; c++)
            {
                for (int u = 0; u < w.Shape[2]; u++)
                {
                    for (int v = 0; v < w.Shape[3]; v++)
                    {
                        int i = at[2] * s.StrideH + u * s.DilationH - s.PadH, j = at[3] * s.StrideW + v * s.DilationW - s.PadW;
                        if (i < 0 || j < 0 || i >= x.Shape[2] || j >= x.Shape[3]) continue;
                        sum += x[at[0], at[1] / perGroup * channels + c, i, j] * w[at[1], c, u, v];
                    }
                }
            }
            return sum;
        });
    }
}
