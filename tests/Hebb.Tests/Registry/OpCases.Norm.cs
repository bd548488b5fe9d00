using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private const double NormEpsilon = 0.01;

    private static IEnumerable<OpCase> Norm =>
    [
        Normalization([6, 3]),
        Normalization([2, 3, 4]),
        Normalization([3, 2, 2, 3]),
        Normalization([5, 1]),
        Normalization([4, 3]) with { Op = nameof(BatchNormalizeGrad), IsOfGradient = true, Truth = null },
        Rows(nameof(LayerNormalize), [3, 5], 1, [5]),
        Rows(nameof(LayerNormalize), [2, 3, 2, 4], 1, [2, 4]),
        Rows(nameof(LayerNormalize), [4, 18], 1, []),
        Rows(nameof(LayerNormalize), [3, 5], 1, [5]) with { Op = nameof(NormalizeRowsGrad), IsOfGradient = true, Truth = null },
        Rows(nameof(GroupNormalize), [2, 6, 4], 3, [6]),
        Rows(nameof(GroupNormalize), [3, 4, 2, 9], 4, [4]),
        Rows(nameof(GroupNormalize), [3, 6], 2, [6]),
        Rows(nameof(GroupNormalize), [2, 6, 3], 2, []),
        Rows(nameof(GroupNormalize), [2, 4, 3], 2, [4]) with { Op = nameof(NormalizeRowsGrad), IsOfGradient = true, Truth = null },
        new(nameof(NormalizeWith), x => x[0].NormalizeWith(x[1], x[2], x[3], x[4], NormEpsilon),
            Input.Between(-2, 2, [2, 3, 4]), Input.Between(0.5, 2, [3]), Input.Between(-1, 1, [3]), Input.Between(-1, 1, [3]).Constant(),
                Input.Between(0.5, 2, [3]).Constant())
        {
            Truth = x =>
                NumberArray.Make(
                [2, 3, 4], at =>
                (x[0][at[0], at[1], at[2]] - x[3][at[1]]) / Math.Sqrt(x[4][at[1]] + NormEpsilon) * x[1][at[1]] + x[2][at[1]]),
        },
        new(nameof(ChannelSum), x => x[0].Apply(new ChannelSum()), Input.Between(-2, 2, [2, 3, 4]))
        {
            Truth = x => NumberArray.Make([3], at => Enumerable.Range(0, 8).Sum(i => x[0][i / 4, at[0], i % 4])),
        },
    ];

    private static OpCase Normalization(Shape shape) => new(
        nameof(BatchNormalize), x => x[0].BatchNormalize(x[1], x[2], NormEpsilon).Y,
        Input.Between(-2, 2, shape), Input.Between(0.5, 2, [shape[1]]), Input.Between(-1, 1, [shape[1]]))
    {
        Truth = x => Normalize(x[0], x[1], x[2]),
    };

    private static OpCase Rows(string op, Shape shape, int groups, Shape parameters)
    {
        bool layer = op == nameof(LayerNormalize), scaled = parameters.Rank > 0;
        int axes = scaled ? parameters.Rank : 1, rows = layer ? 1 : shape[0] * groups;
        for (int i = 0; layer && i < shape.Rank - axes; i++) rows *= shape[i];
        return new OpCase(
            op,
            (layer, scaled) switch
            {
                (true, true) => x => x[0].LayerNormalize(x[1], x[2], NormEpsilon),
                (true, false) => x => x[0].LayerNormalize(axes, NormEpsilon),
                (false, true) => x => x[0].GroupNormalize(groups, x[1], x[2], NormEpsilon),
                (false, false) => x => x[0].GroupNormalize(groups, NormEpsilon),
            },
            scaled
                ? [Input.Between(-2, 2, shape), Input.Between(0.5, 2, parameters), Input.Between(-1, 1, parameters)]
                : [Input.Between(-2, 2, shape)])
        {
            Truth = x => NormalizeRows(x, rows, groups),
        };
    }

    private static NumberArray NormalizeRows(NumberArray[] x, int rows, int groups)
    {
        double[] y = new double[x[0].Values.Length];
        int length = y.Length / rows, channels = x.Length == 1 ? length : x[1].Values.Length / groups;
        for (int row = 0; row < rows; row++)
        {
            double[] numbers = x[0].Values[(row * length)..((row + 1) * length)];
            double mean = numbers.Average(), root = Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean)) + NormEpsilon);
            for (int i = 0; i < length; i++)
            {
                int channel = row % groups * channels + i / (length / channels);
                double normal = (numbers[i] - mean) / root;
                y[row * length + i] = x.Length == 1 ? normal : normal * x[1].Values[channel] + x[2].Values[channel];
            }
        }
        return new NumberArray(x[0].Shape, y);
    }

    private static NumberArray Normalize(NumberArray x, NumberArray gamma, NumberArray beta)
    {
        int channels = x.Shape[1], inner = x.Shape.Count / (x.Shape[0] * channels);
        double[] y = new double[x.Values.Length];
        for (int c = 0; c < channels; c++)
        {
            int[] at = [.. Enumerable.Range(0, y.Length).Where(i => i / inner % channels == c)];
            double mean = at.Average(i => x.Values[i]), variance = at.Average(i => (x.Values[i] - mean) * (x.Values[i] - mean));
            foreach (int i in at) y[i] = (x.Values[i] - mean) / Math.Sqrt(variance + NormEpsilon) * gamma[c] + beta[c];
        }
        return new NumberArray(x.Shape, y);
    }
}
