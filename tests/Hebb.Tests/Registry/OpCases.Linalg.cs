namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Linalg =>
    [
        new(nameof(Diagonal), x => x[0].Diagonal(), Input.Between(-1, 1, [2, 3, 4])) { Truth = x => NumberArray.Make([2, 3], at => x[0][at[0], at[1], at[1]]) },
        new(nameof(Diagonal), x => x[0].Diagonal(2, 0), Input.Between(-1, 1, [2, 3, 4])) { Note = "of far axes", Truth = x => NumberArray.Make([3, 2], at => x[0][at[1], at[0], at[1]]) },
        new(nameof(Diagonal), x => x[0].Trace(), Input.Between(-1, 1, [3, 3])) { Note = "Trace", Truth = x => new([], [x[0].Values[0] + x[0].Values[4] + x[0].Values[8]]) },
        new(nameof(PutDiagonal), x => x[0].Diagonal(), Input.Between(-1, 1, [3, 3])) { IsOfGradient = true },
    ];
}
