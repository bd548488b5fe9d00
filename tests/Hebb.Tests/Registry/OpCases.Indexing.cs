using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Indexing =>
    [
        new(nameof(Gather), x => x[0].Gather(1, x[1]), Input.Between(-1, 1, [2, 4]), Input.Whole([2, 3], 3, 0, 0, 1, 2, 1))
        {
            Truth = x => NumberArray.Make([2, 3], at => x[0][at[0], (int)x[1][at]]),
        },
        new(nameof(Gather), x => x[0].Gather(0, x[1]), Input.Between(-1, 1, [3, 4]), Input.Whole([2, 3], 2, 0, 1, 1, 2, 2))
        {
            Note = "shorter", Truth = x => NumberArray.Make([2, 3], at => x[0][(int)x[1][at], at[1]]),
        },
        new(nameof(Gather), x => x[0].Take(x[1]), Input.Between(-1, 1, [4, 19]), Input.Whole([2, 3], 3, 0, 3, 1, 3, 1))
        {
            Note = "Take", Truth = x => NumberArray.Make([2, 3, 19], at => x[0][(int)x[1][at[0], at[1]], at[2]]),
        },
        new(nameof(Gather), x => x[0].Take(x[1], axis: -1), Input.Between(-1, 1, [2, 3]), Input.Whole([2], 2, 2))
        {
            Note = "Take", Truth = x => NumberArray.Make([2, 2], at => x[0][at[0], 2]),
        },
        new(nameof(Gather), x => x[0].MaskedSelect(x[1]), Input.Between(-1, 1, [2, 3]), Input.Truths([2, 3], 0, 1, 1, 0, 0, 1))
        {
            Note = "MaskedSelect", ReadsValues = true, Truth = x => new([3], [x[0].Values[1], x[0].Values[2], x[0].Values[5]]),
        },
        new(nameof(CategoryIndices), x => x[0].Apply(new CategoryIndices(5)), Input.Of([2, 2], 3, 0, 4, 1).Constant())
        {
            Truth = x => x[0],
        },
        new(nameof(CategoryIndices), x => x[0].Apply(new CategoryIndices(5)), Input.Of([0]).Constant()) { Truth = x => x[0] },
        new(nameof(LengthMask), x => x[0].LengthMask(4), Input.Whole([3], 0, 4, 2))
        {
            Truth = x => NumberArray.Make([3, 4], at => at[1] < x[0][at[0]] ? 1 : 0),
        },
        new(nameof(LengthMask), x => x[0].LengthMask(0), Input.Whole([2], 0, 0)) { Truth = _ => new([2, 0], []) },
        new(nameof(ScatterSum), x => x[0].ScatterAdd(1, x[1], x[2]), Input.Between(-1, 1, [2, 3]),
            Input.Whole([2, 4], 0, 2, 2, 0, 1, 1, 1, 1), Input.Between(-2, 2, [2, 4]))
        {
            Truth = x => NumberArray.Make(
                [2, 3], at => x[0][at] + Enumerable.Range(0, 4).Where(k => x[1][at[0], k] == at[1]).Sum(k => x[2][at[0], k])),
        },
        new(nameof(ScatterSum), x =>
            x[0].Take(x[1]), Input.Between(-1, 1, [4, 19]), Input.Whole([5], 3, 0, 3, 1, 3)) { IsOfGradient = true },
        new(nameof(ScatterSum), x =>
            x[0].ScatterAdd(0, x[1], x[2]), Input.Whole([3], 1, 2, 3), Input.Whole([2], 2, 2), Input.Whole([2], 10, 20))
        {
            Note = "int64", Truth = _ => new([3], [1, 2, 33]),
        },
        new(nameof(Scatter), x =>
            x[0].Scatter(1, x[1], x[2]), Input.Between(-1, 1, [3, 4]), Input.Whole([3, 2], 0, 2, 3, 3, 1, 0), Input.Between(-2, 2, [3, 2]))
        {
            Truth = x =>
                NumberArray.Make(
                [3, 4], at => Enumerable.Range(0, 2).Reverse().Where(k => x[1][at[0], k] == at[1]).Select(k => x[2][at[0], k])
                .FirstOrDefault(x[0][at])),
        },
        new(nameof(Scatter), x => x[0].OneHot(4), Input.Whole([2, 2], 3, 0, 1, 3))
        {
            Note = "OneHot", Truth = x => NumberArray.Make([2, 2, 4], at => x[0][at[0], at[1]] == at[2] ? 1 : 0),
        },
        new(nameof(ArgMax), x => x[0].Hardmax(0), Input.Between(-1, 1, [3, 2]))
        {
            Note = "Hardmax", Truth = x => NumberArray.Make([3, 2], at => x[0][at] == Line(x[0], at, 0).Max() ? 1 : 0),
        },
        .. Lines(nameof(ArgSort), (x, axis) => x.ArgSort(axis), line =>
            [.. Enumerable.Range(0, line.Length).OrderBy(i => line[i]).Select(i => (double)i)]),
        .. Lines(nameof(ArgSort), (x, axis) => x.Sort(axis, descending: true).Values, line =>
            [.. line.OrderDescending()], "Sort descending"),
        new(nameof(ArgSort), x => x[0].Sort(descending: true).Indices, Input.Of([6], 1, 0, 1, -0.0, double.NaN, 2)) { Note = "ties",
            Truth = _ => new([6], [4, 5, 0, 2, 1, 3]) },
        new(nameof(ArgSort), x => x[0].TopK(2, axis: 0).Values, Input.Between(-1, 1, [4, 3]))
        {
            Note = "TopK", Truth = x => NumberArray.Make([2, 3], at => Line(x[0], at, 0).OrderDescending().ElementAt(at[0])),
        },
        new(nameof(ArgSort), x => x[0].TopK(3, largest: false).Values, Input.Between(-1, 1, [2, 5]))
        {
            Note = "TopK smallest", Truth = x => NumberArray.Make([2, 3], at => Line(x[0], at, 1).Order().ElementAt(at[1])),
        },
    ];
}
