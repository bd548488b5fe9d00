using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Shaping =>
    [
        new(nameof(TakeSlice), x => x[0].Narrow(1, 1, 2), Input.Between(-1, 1, [2, 4])) { Note = "Narrow", Truth = x =>
            NumberArray.Make([2, 2], at => x[0][at[0], at[1] + 1]) },
        new(nameof(Concat), x => Tensor.Concat(x), Input.Between(-1, 1, [2, 3]), Input.Between(0, 2, [1, 3]))
        {
            Truth = x => new([3, 3], [.. x[0].Values, .. x[1].Values]),
        },
        new(nameof(Concat), x =>
            Tensor.Concat(x, axis: -1), Input.Between(-1, 1, [2, 3]), Input.Between(0, 2, [2, 0]), Input.Between(0, 2, [2, 2]))
        {
            Truth = x => NumberArray.Make([2, 5], at => at[1] < 3 ? x[0][at] : x[2][at[0], at[1] - 3]),
        },
        new(nameof(Concat), x => Tensor.Stack(x, axis: 1), Input.Between(-1, 1, [2, 3]), Input.Between(0, 2, [2, 3]))
        {
            Note = "Stack", Truth = x => NumberArray.Make([2, 2, 3], at => x[at[1]][at[0], at[2]]),
        },
        new(nameof(TakeSlice), x =>
            { Tensor[] parts = x[0].Split([1, 0, 3], axis: 1); return parts[2] * 2 + parts[0]; }, Input.Between(-1, 1, [2, 4]))
        {
            Note = "Split", Truth = x => NumberArray.Make([2, 3], at => (2 * x[0][at[0], at[1] + 1]) + x[0][at[0], 0]),
        },
        new(nameof(TakeSlice), x =>
            { Tensor[] parts = x[0].Chunk(2); return parts[0].Sum(0) - parts[1].Sum(0); }, Input.Between(-1, 1, [5]))
        {
            Note = "Chunk", Truth = x => new([], [x[0].Values[..3].Sum() - x[0].Values[3..].Sum()]),
        },
        new(nameof(BroadcastTo), x => x[0].Tile(2, 1, 3), Input.Between(-1, 1, [2, 2])) { Note = "Tile", Truth = x =>
            NumberArray.Make([2, 2, 6], at => x[0][at[1], at[2] % 2]) },
        new(nameof(BroadcastTo), x => x[0].Repeat(3, axis: 1), Input.Between(-1, 1, [2, 2])) { Note = "Repeat", Truth = x =>
            NumberArray.Make([2, 6], at => x[0][at[0], at[1] / 3]) },
        new(nameof(Pad), x => x[0].Pad([1, 0], [0, 2], value: -1.5), Input.Between(-1, 1, [2, 3]))
        {
            Truth = x => NumberArray.Make([3, 5], at => at[0] == 0 || at[1] > 2 ? -1.5 : x[0][at[0] - 1, at[1]]),
        },
        new(nameof(Pad), x => x[0].Pad([-1, 0], [0, 1]), Input.Between(-1, 1, [3, 3])) { Note = "crop", Truth = x =>
            NumberArray.Make([2, 4], at => at[1] > 2 ? 0 : x[0][at[0] + 1, at[1]]) },
        new(nameof(Gather), x => x[0].Pad([0, 2], [1, 1], PadMode.Edge), Input.Between(-1, 1, [2, 3]))
        {
            Note = "Pad edge", Truth = x => NumberArray.Make([3, 6], at => x[0][Math.Min(at[0], 1), Math.Clamp(at[1] - 2, 0, 2)]),
        },
        new(nameof(Gather), x => x[0].Pad([1, 2], [0, 2], PadMode.Reflect), Input.Between(-1, 1, [2, 3]))
        {
            Note = "Pad reflect", Truth = x =>
                NumberArray.Make([3, 7], at => x[0][at[0] == 0 ? 1 : at[0] - 1, 2 - Math.Abs((((at[1] - 2) % 4) + 4) % 4 - 2)]),
        },
        new(nameof(Flip), x => x[0].Flip(0, -1), Input.Between(-1, 1, [2, 3, 4])) { Truth = x =>
            NumberArray.Make([2, 3, 4], at => x[0][1 - at[0], at[1], 3 - at[2]]) },
        new(nameof(Flip), x => x[0].Flip(), Input.Between(-1, 1, [5])) { Truth = x => NumberArray.Make([5], at => x[0][4 - at[0]]) },
        new(nameof(Flip), x => x[0].Flip(1), Input.Between(-1, 1, [2, 0])) { Truth = _ => new([2, 0], []) },
        new(nameof(ReverseSteps), x => x[0].ReverseSteps(x[1]), Input.Between(-1, 1, [4, 3, 2]), Input.Whole([4], 3, 0, 2, 1))
        {
            Truth = x => NumberArray.Make([4, 3, 2], at =>
            {
                int length = (int)x[1][at[0]];
                return x[0][at[0], at[1] < length ? length - 1 - at[1] : at[1], at[2]];
            }),
        },
        new(nameof(ReverseSteps), x => x[0].ReverseSteps(x[1]), Input.Between(-1, 1, [2, 0]), Input.Whole([2], 0, 0))
        {
            Truth = _ => new([2, 0], []),
        },
        new(nameof(Concat), x => x[0].Roll(-1, axis: 1), Input.Between(-1, 1, [2, 3])) { Note = "Roll", Truth = x =>
            NumberArray.Make([2, 3], at => x[0][at[0], (at[1] + 1) % 3]) },
        new(nameof(Permute), x => x[0].MoveAxis(0, -1), Input.Between(-1, 1, [2, 3, 4])) { Note = "MoveAxis", Truth = x =>
            NumberArray.Make([3, 4, 2], at => x[0][at[2], at[0], at[1]]) },
    ];
}
