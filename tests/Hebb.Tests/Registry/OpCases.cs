namespace Hebb.Tests.Registry;

/// <summary>
/// The registry of ops: at least one line for every op, which the generic suites walk. Each room of ops has its own part of this class.
/// </summary>
public static partial class OpCases
{
    private static readonly Shape[] s_edges = [[], [1], [0], [2, 0, 3], [2, 1, 3], [2, 3], [3, 37]];

    private static readonly (Shape A, Shape B)[] s_pairs =
    [
        ([2, 3], [2, 3]), ([2, 3], [3]), ([3], [2, 3]), ([2, 1], [1, 3]), ([2, 3], []), ([], []), ([2, 0], [1, 1]), ([4, 1, 2], [3, 1]),
            ([3, 37], [37]),
    ];

    // Lazy, because the parts of the class have fields of their own, whose order of initialization is nobody's.
    private static readonly Lazy<Dictionary<string, OpCase>> s_byName = new(() => new IEnumerable<OpCase>[]
    {
        Basic,
        Elementwise,
        Reduce,
        Shaping,
        Indexing,
        Linalg,
        Random,
        Loss,
        Conv,
        Pool,
        Norm,
        Recurrent,
    }.SelectMany(room => room).ToDictionary(op => op.ToString()));

    /// <summary>The names of all lines, as theory data.</summary>
    public static TheoryData<string> Names => [.. s_byName.Value.Keys];

    /// <summary>The line of a name.</summary>
    public static OpCase Find(string name) => s_byName.Value[name];

    /// <summary>Lines for y = f(x), element by element, in every kind of shape.</summary>
    private static IEnumerable<OpCase> Unary(
        string op, Func<Tensor, Tensor> function, Func<double, double> truth, double low, double high, string note = "",
            double[]? kinks = null) =>
        s_edges.Select(shape => new OpCase(op, x => function(x[0]), Input.Between(low, high, shape, kinks ?? []))
        {
            Note = note,
            Truth = x => NumberArray.Make(x[0].Shape, at => truth(x[0][at])),
        });

    /// <summary>Lines for y = f(a, b), element by element, with every kind of broadcasting.</summary>
    private static IEnumerable<OpCase> Binary(
        string op, Func<Tensor, Tensor, Tensor> function, Func<double, double, double> truth, (double Low, double High) a,
            (double Low, double High) b, string note = "") =>
        s_pairs.Select(shapes =>
            new OpCase(op, x => function(x[0], x[1]), Input.Between(a.Low, a.High, shapes.A), Input.Between(b.Low, b.High, shapes.B))
            {
                Note = note,
                Truth = Broadcast(truth),
            });

    private static Func<NumberArray[], NumberArray> Broadcast(Func<double, double, double> truth) => x =>
    {
        Assert.True(Shape.TryBroadcast(x[0].Shape, x[1].Shape, out Shape both));
        return NumberArray.Make(both, at => truth(x[0].Stretched(at), x[1].Stretched(at)));
    };
}
