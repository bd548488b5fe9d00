using Hebb.Ops;
namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Elementwise =>
    [
        .. Unary(nameof(Exp), x => x.Exp(), Math.Exp, -3, 3),
        .. Unary(nameof(Expm1), x => x.Expm1(), x => Math.Exp(x) - 1, -3, 3),
        .. Unary(nameof(ExpRemainder), x => x.ExpRemainder(), x => Math.Exp(x) - 1 - x, -3, 3),
        .. Unary(nameof(Log), x => x.Log(), Math.Log, 0.25, 4),
        .. Unary(nameof(Log1p), x => x.Log1p(), x => Math.Log(1 + x), -0.75, 4),
        .. Unary(nameof(Sqrt), x => x.Sqrt(), Math.Sqrt, 0.25, 4),
        .. Unary(nameof(Square), x => x.Square(), x => x * x, -3, 3),
        .. Unary(nameof(Sin), x => x.Sin(), Math.Sin, -4, 4),
        .. Unary(nameof(Cos), x => x.Cos(), Math.Cos, -4, 4),
        .. Unary(nameof(Tan), x => x.Tan(), Math.Tan, -1.2, 1.2),
        .. Unary(nameof(Atan), x => x.Atan(), Math.Atan, -4, 4),
        .. Unary(nameof(Erf), x => x.Erf(), Erf, -3, 3),
        .. Unary(nameof(PowScalar), x => x.Pow(2.5), x => Math.Pow(x, 2.5), 0.25, 3),
        .. Unary(nameof(PowScalar), x => x.Pow(-3), x => Math.Pow(x, -3), -2, -0.5, "of negative numbers"),
        .. Binary(nameof(Pow), (a, b) => a.Pow(b), Math.Pow, (0.25, 3), (-2, 2)),
        .. Unary(nameof(Abs), x => x.Abs(), Math.Abs, -3, 3, kinks: [0]),
        .. OfGradient(nameof(AbsGrad), x => x.Abs(), -3, 3, 0),
        .. Unary(nameof(Sign), x => x.Sign(), x => Math.Sign(x), -3, 3, kinks: [0]),
        .. Unary(nameof(Floor), x => x.Floor(), Math.Floor, -2, 2, kinks: [-2, -1, 0, 1, 2]),
        .. Unary(nameof(Ceil), x => x.Ceil(), Math.Ceiling, -2, 2, kinks: [-2, -1, 0, 1, 2]),
        .. Unary(nameof(Round), x => x.Round(), Math.Round, -2, 2, kinks: [-1.5, -0.5, 0.5, 1.5]),
        .. Unary(nameof(Clip), x => x.Clip(-1, 0.75), x => Math.Clamp(x, -1, 0.75), -2, 2, kinks: [-1, 0.75]),
        .. Unary(nameof(Clip), x => x.Clip(-1, 0.75, slopeAtEnds: 0), x => Math.Clamp(x, -1, 0.75), -2, 2, "slope 0", kinks: [-1, 0.75]),
        .. OfGradient(nameof(ClipGrad), x => x.Clip(-1, 0.75), -2, 2, -1, 0.75),
        .. Unary(nameof(Relu), x => x.Relu(), x => Math.Max(x, 0), -2, 2, kinks: [0]),
        .. Unary(nameof(Relu), x => x.Relu(slopeAtZero: 1), x => Math.Max(x, 0), -2, 2, "slope 1 at 0", kinks: [0]),
        .. OfGradient(nameof(ReluGrad), x => x.Relu(), -2, 2, 0),
        .. Unary(nameof(LeakyRelu), x => x.LeakyRelu(), x => x >= 0 ? x : 0.01 * x, -2, 2, kinks: [0]),
        .. OfGradient(nameof(LeakyReluGrad), x => x.LeakyRelu(0.3), -2, 2, 0),
        .. Unary(nameof(Elu), x => x.Elu(0.75), x => x >= 0 ? x : 0.75 * (Math.Exp(x) - 1), -2, 2, kinks: [0]),
        .. OfGradient(nameof(EluGrad), x => x.Elu(), -2, 2, 0),
        .. Unary(nameof(Sigmoid), x => x.Sigmoid(), x => 1 / (1 + Math.Exp(-x)), -4, 4),
        .. OfGradient(nameof(SigmoidGrad), x => x.Sigmoid(), -4, 4),
        .. Unary(nameof(Tanh), x => x.Tanh(), Math.Tanh, -3, 3),
        .. OfGradient(nameof(TanhGrad), x => x.Tanh(), -3, 3),
        .. Unary(nameof(Silu), x => x.Silu(), x => x / (1 + Math.Exp(-x)), -4, 4),
        .. OfGradient(nameof(SiluGrad), x => x.Silu(), -4, 4),
        .. Unary(nameof(Gelu), x => x.Gelu(), x => x / 2 * (1 + Erf(x / Math.Sqrt(2))), -4, 4),
        .. OfGradient(nameof(GeluGrad), x => x.Gelu(), -4, 4),
        .. Unary(nameof(Sigmoid), x => x.GeluTanh(), x =>
            x / 2 * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))), -4, 4, "GeluTanh"),
        .. Unary(nameof(Softsign), x => x.Softsign(), x => x / (1 + Math.Abs(x)), -4, 4, kinks: [0]),
        .. Unary(nameof(Softplus), x => x.Softplus(), x => Math.Log(1 + Math.Exp(x)), -4, 4),
        .. Unary(nameof(Softplus), x => x.Softplus(2.5), x => Math.Log(1 + Math.Exp(2.5 * x)) / 2.5, -4, 4, "beta 2.5"),
        .. Unary(nameof(LogSigmoid), x => x.LogSigmoid(), x => -Math.Log(1 + Math.Exp(-x)), -4, 4),
        .. Unary(nameof(Step), x => x.Step(), x => x > 0 ? 1 : 0, -2, 2, kinks: [0]),
        .. Unary(nameof(SignStep), x => x.SignStep(TieRule.GreaterOrEqual), x => x >= 0 ? 1 : -1, -2, 2, kinks: [0]),
        .. Apart(nameof(PRelu), (x, alpha) => x.PRelu(alpha), (x, alpha) => x >= 0 ? x : alpha * x),
        .. Apart(nameof(Maximum), (a, b) => a.Maximum(b), Math.Max),
        .. Apart(nameof(Minimum), (a, b) => a.Minimum(b), Math.Min),
        .. Apart(nameof(Greater), (a, b) => a > b, (a, b) => a > b ? 1 : 0),
        .. Apart(nameof(GreaterOrEqual), (a, b) => a >= b, (a, b) => a >= b ? 1 : 0),
        .. Apart(nameof(Less), (a, b) => a < b, (a, b) => a < b ? 1 : 0),
        .. Apart(nameof(LessOrEqual), (a, b) => a <= b, (a, b) => a <= b ? 1 : 0),
        .. Apart(nameof(Equal), (a, b) => a.EqualTo(b), (a, b) => a == b ? 1 : 0),
        .. Apart(nameof(NotEqual), (a, b) => a.NotEqualTo(b), (a, b) => a != b ? 1 : 0),
        Whole(nameof(Maximum), (a, b) => a.Maximum(b), Math.Max),
        Whole(nameof(Minimum), (a, b) => a.Minimum(b), Math.Min),
        Whole(nameof(Greater), (a, b) => a > b, (a, b) => a > b ? 1 : 0),
        Whole(nameof(GreaterOrEqual), (a, b) => a >= b, (a, b) => a >= b ? 1 : 0),
        Whole(nameof(Less), (a, b) => a < b, (a, b) => a < b ? 1 : 0),
        Whole(nameof(LessOrEqual), (a, b) => a <= b, (a, b) => a <= b ? 1 : 0),
        Whole(nameof(Equal), (a, b) => a.EqualTo(b), (a, b) => a == b ? 1 : 0),
        Whole(nameof(NotEqual), (a, b) => a.NotEqualTo(b), (a, b) => a != b ? 1 : 0),
        Choice([2, 3], [2, 3]), Choice([3], [2, 1]), Choice([], [2, 3]), Choice([0, 3], []),
    ];

    /// <summary>Lines for the op that y = f(x) uses as its gradient; its own derivatives are the second derivatives of f.</summary>
    private static IEnumerable<OpCase> OfGradient(
        string op, Func<Tensor, Tensor> function, double low, double high, params double[] kinks) =>
        ((Shape[])[[2, 3], [3, 37]]).Select(
            shape => new OpCase(op, x => function(x[0]), Input.Between(low, high, shape, kinks)) { IsOfGradient = true });

    /// <summary>Lines for y = f(a, b) with a kink where a = b or a = 0: a and b never come near each other, nor a near 0.</summary>
    private static IEnumerable<OpCase> Apart(string op, Func<Tensor, Tensor, Tensor> function, Func<double, double, double> truth) =>
        s_pairs.Select(shapes =>
            new OpCase(op, x => function(x[0], x[1]), Odd(shapes.A, 0), Odd(shapes.B, 1)) { Truth = Broadcast(truth) });

    /// <summary>Numbers that are whole multiples of 1/4, plus 1/16 or 3/16.</summary>
    private static Input Odd(Shape shape, int kind)
    {
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = (((i * 5) + (kind * 3)) % 17 / 4.0) - 2 + (kind == 0 ? 0.0625 : 0.1875);
        return Input.Of(shape, values);
    }

    private static OpCase Choice(Shape condition, Shape b)
    {
        double[] truths = [.. Enumerable.Range(0, condition.Count).Select(i => (double)(i % 2))];
        return new OpCase(
            nameof(Where), x =>
            Tensor.Where(x[0], x[1], x[2]), Input.Truths(condition, truths), Input.Between(-2, 2, [3]), Input.Between(-1, 3, b))
        {
            Truth = x =>
            {
                Assert.True(Shape.TryBroadcast(x[1].Shape, x[2].Shape, out Shape values));
                Assert.True(Shape.TryBroadcast(values, x[0].Shape, out Shape all));
                return NumberArray.Make(all, at => x[0].Stretched(at) != 0 ? x[1].Stretched(at) : x[2].Stretched(at));
            },
        };
    }

    /// <summary>erf x by its power series, which is accurate enough for |x| ≤ 3.</summary>
    private static double Erf(double x)
    {
        double term = x, sum = 0;
        for (int n = 0; n < 80; n++)
        {
            sum += term / ((2 * n) + 1);
            term *= -x * x / (n + 1);
        }
        return sum * 2 / Math.Sqrt(Math.PI);
    }
}
