using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Linalg =>
    [
        Product([2, 3], [3, 4]), Product([3], [3]), Product([2, 3], [3]), Product([3], [3, 4]), Product([2, 0], [0, 3]),
            Product([0, 2], [2, 3]),
        Product([2, 2, 3], [2, 3, 4]), Product([5, 2, 3], [3, 4]), Product([2, 3], [5, 3, 2]), Product([2, 1, 2, 3], [3, 3, 2]),
        Product([2, 3, 1, 4], [2, 3, 4, 1]), Product([1, 1], [1, 1]), Product([17, 33], [33, 35]),
        Dense([4, 3], [2, 3], [2]), Dense([4, 3], [2, 3]), Dense([3], [2, 3], [2]), Dense([2, 3, 5], [4, 5], [4]),
            Dense([0, 3], [2, 3], [2]),
        Dense([1, 19], [33, 19], [33]), Dense([18, 19], [35, 19], [35]),
        new(nameof(MatMul), x => x[0].Dot(x[1]), Input.Between(-1, 1, [5]), Input.Between(-1, 2, [5])) { Note = "Dot", Truth = x =>
            new([], [x[0].Values.Zip(x[1].Values).Sum(pair => pair.First * pair.Second)]) },
        new(nameof(Mul), x => x[0].Outer(x[1]), Input.Between(-1, 1, [2]), Input.Between(-1, 2, [3])) { Note = "Outer", Truth = x =>
            NumberArray.Make([2, 3], at => x[0][at[0]] * x[1][at[1]]) },
        new(nameof(MatMul), x =>
            Tensor.Einsum("bi,ij,bj->b", x), Input.Between(-1, 1, [2, 3]), Input.Between(-1, 2, [3, 4]), Input.Between(-1, 1, [2, 4]))
        {
            Note = "Einsum", Truth = x => NumberArray.Make(
                [2], at => Enumerable.Range(0, 12).Sum(ij => x[0][at[0], ij / 4] * x[1][ij / 4, ij % 4] * x[2][at[0], ij % 4])),
        },
        new(nameof(MatMul), x => Tensor.Einsum("...ij,...kj", x), Input.Between(-1, 1, [3, 2, 2]), Input.Between(-1, 2, [1, 3, 2]))
        {
            Note = "Einsum with dots", Truth = x =>
                NumberArray.Make([3, 2, 3], at => Enumerable.Range(0, 2).Sum(j => x[0][at[0], at[1], j] * x[1][0, at[2], j])),
        },
        new(nameof(Diagonal), x => x[0].Diagonal(), Input.Between(-1, 1, [2, 3, 4])) { Truth = x =>
            NumberArray.Make([2, 3], at => x[0][at[0], at[1], at[1]]) },
        new(nameof(Diagonal), x => x[0].Diagonal(2, 0), Input.Between(-1, 1, [2, 3, 4])) { Note = "of far axes", Truth = x =>
            NumberArray.Make([3, 2], at => x[0][at[1], at[0], at[1]]) },
        new(nameof(Diagonal), x => x[0].Trace(), Input.Between(-1, 1, [3, 3])) { Note = "Trace", Truth = x =>
            new([], [x[0].Values[0] + x[0].Values[4] + x[0].Values[8]]) },
        new(nameof(DiagonalGrad), x => x[0].Diagonal(), Input.Between(-1, 1, [3, 3])) { IsOfGradient = true },
    ];

    private static OpCase Product(Shape a, Shape b) =>
        new(nameof(MatMul), x => x[0].MatMul(x[1]), Input.Between(-1, 1, a), Input.Between(-1, 2, b))
        {
            Tolerance = 1e-12,
            Truth = x =>
            {
                Shape left = a.Rank == 1 ? a.Insert(0, 1) : a, right = b.Rank == 1 ? b.Insert(1, 1) : b;
                Assert.True(Shape.TryBroadcast(new Shape(left.AsSpan()[..^2]), new Shape(right.AsSpan()[..^2]), out Shape batch));
                NumberArray p = new(left, x[0].Values), q = new(right, x[1].Values);
                NumberArray full =
                    NumberArray.Make(batch.Insert(-1, left[-2]).Insert(-1, right[-1]), at => Enumerable.Range(0, left[-1]).Sum(k =>
                    p.Stretched([.. at[..^2], at[^2], k]) * q.Stretched([.. at[..^2], k, at[^1]])));
                Shape shape = full.Shape;
                if (b.Rank == 1) shape = shape.Without(-1);
                if (a.Rank == 1) shape = shape.Without(b.Rank == 1 ? -1 : -2);
                return new NumberArray(shape, full.Values);
            },
        };

    private static OpCase Dense(Shape x, Shape weight, params Shape[] bias) =>
        new(nameof(Linear), t => t[0].Linear(t[1], t.Length > 2 ? t[2] : null),
            [.. ((Shape[])[x, weight, .. bias]).Select((shape, i) => Input.Between(-1, 1 + i, shape))])
        {
            Tolerance = 1e-12,
            Truth = t => NumberArray.Make(x.With(-1, weight[0]), at =>
                Enumerable.Range(0, weight[1]).Sum(k => t[0][[.. at[..^1], k]] * t[1][at[^1], k]) + (t.Length > 2 ? t[2][at[^1]] : 0)),
        };
}
