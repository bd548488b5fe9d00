using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Basic =>
    [
        .. Binary(nameof(Add), (a, b) => a + b, (a, b) => a + b, (-2, 2), (-2, 2)),
        .. Binary(nameof(Sub), (a, b) => a - b, (a, b) => a - b, (-2, 2), (-2, 2)),
        .. Binary(nameof(Mul), (a, b) => a * b, (a, b) => a * b, (-2, 2), (-2, 2)),
        .. Binary(nameof(Div), (a, b) => a / b, (a, b) => a / b, (-2, 2), (0.5, 2)),
        .. Unary(nameof(Neg), x => -x, x => -x, -2, 2),
        .. Unary(nameof(AddScalar), x => 1.5 + x, x => x + 1.5, -2, 2),
        .. Unary(nameof(AddScalar), x => x - 1.5, x => x - 1.5, -2, 2, "of the negated constant"),
        .. Unary(nameof(SubFromScalar), x => 1.5 - x, x => 1.5 - x, -2, 2),
        .. Unary(nameof(MulScalar), x => x * -1.5, x => -1.5 * x, -2, 2),
        .. Unary(nameof(DivByScalar), x => x / 1.5, x => x / 1.5, -2, 2),
        .. Unary(nameof(DivScalarBy), x => 1.5 / x, x => 1.5 / x, 0.5, 2),
        .. Unary(nameof(Clone), x => x.Clone(), x => x, -2, 2),
        .. Unary(nameof(Cast), x => x.Cast(DType.Int64), Math.Truncate, -3, 3, "to int64", kinks: [-2, -1, 0, 1, 2]),
        .. Unary(nameof(Cast), x => x.Cast(x.DType == DType.Float64 ? DType.Float32 : DType.Float64).Cast(x.DType), x =>
            x, -2, 2, "there and back"),
        .. Unary(nameof(Cast), x => x.Cast(DType.Bool), x => x != 0 ? 1 : 0, -2, 2, "to bool"),
        Whole(nameof(Add), (a, b) => a + b, (a, b) => a + b),
        Whole(nameof(Sub), (a, b) => a - b, (a, b) => a - b),
        Whole(nameof(Mul), (a, b) => a * b, (a, b) => a * b),
        new(nameof(SumTo), x => x[0].SumTo([3]), Input.Between(-2, 2, [2, 3])) { Truth = x =>
            NumberArray.Make([3], at => x[0][0, at[0]] + x[0][1, at[0]]) },
        new(nameof(SumTo), x => x[0].SumTo([2, 1, 4]), Input.Between(-2, 2, [2, 3, 4]))
        {
            Truth = x => NumberArray.Make([2, 1, 4], at => Enumerable.Range(0, 3).Sum(k => x[0][at[0], k, at[2]])),
        },
        new(nameof(SumTo), x => x[0].SumTo([]), Input.Between(-2, 2, [5, 7])) { Truth = x =>
            new([], [x[0].Values.Sum()]), Note = "scalar" },
        new(nameof(SumTo), x => x[0].SumTo([3]), Input.Between(-2, 2, [0, 3])) { Truth = _ => new([3], [0, 0, 0]) },
        new(nameof(BroadcastTo), x => x[0].BroadcastTo([2, 3, 4]), Input.Between(-2, 2, [3, 1])) { Truth = x =>
            NumberArray.Make([2, 3, 4], at => x[0][at[1], 0]) },
        new(nameof(Reshape), x => x[0].Reshape(3, -1), Input.Between(-2, 2, [2, 6])) { Truth = x => new([3, 4], x[0].Values) },
        new(nameof(Reshape), x => x[0].Flatten(), Input.Between(-2, 2, [0, 3])) { Truth = _ => new([0], []) },
        new(nameof(Permute), x => x[0].Permute(2, 0, 1), Input.Between(-2, 2, [2, 3, 4])) { Truth = x =>
            NumberArray.Make([4, 2, 3], at => x[0][at[1], at[2], at[0]]) },
        new(nameof(Permute), x => x[0].T, Input.Between(-2, 2, [2, 3])) { Truth = x =>
            NumberArray.Make([3, 2], at => x[0][at[1], at[0]]), Note = "transpose" },
        new(nameof(TakeSlice), x => x[0][1.., Slice.Every(2)], Input.Between(-2, 2, [3, 5])) { Truth = x =>
            NumberArray.Make([2, 3], at => x[0][at[0] + 1, 2 * at[1]]) },
        new(nameof(TakeSlice), x => x[0][1..1], Input.Between(-2, 2, [3, 5])) { Truth = _ => new([0, 5], []), Note = "nothing" },
        new(nameof(DropAxis), x => x[0][^1, ..], Input.Between(-2, 2, [3, 5])) { Truth = x => NumberArray.Make([5], at => x[0][2, at[0]]) },
        new(nameof(TakeSliceGrad), x => x[0][1, ..], Input.Between(-2, 2, [3, 2])) { IsOfGradient = true },
        new(nameof(AddAxis), x => x[0][.., 1], Input.Between(-2, 2, [3, 2])) { IsOfGradient = true },
    ];

    private static OpCase Whole(string op, Func<Tensor, Tensor, Tensor> function, Func<double, double, double> truth) =>
        new(op, x => function(x[0], x[1]), Input.Whole([2, 3], 3, -4, 5, 0, 7, -9), Input.Whole([3], 2, -4, 6))
        {
            Note = "int64",
            Truth = Broadcast(truth)
        };
}
