using Hebb.Ops;
using static Hebb.Tests.Naive.NaiveMath;

namespace Hebb.Tests.Naive;

/// <summary>Functions of the elements at one place.</summary>
internal static class NaiveElementwise
{
    public static void AddTo(KernelTable table)
    {
        Arithmetic(table);
        Functions(table);
        Activations(table);
        Slopes(table);
        Losses(table);
        Choices(table);
    }

    private static void Arithmetic(KernelTable table)
    {
        table.Binary<Add>((a, b) => a + b, (a, b) => a + b);
        table.Binary<Sub>((a, b) => a - b, (a, b) => a - b);
        table.Binary<Mul>((a, b) => a * b, (a, b) => a * b);
        table.Binary<Div>((a, b) => a / b);
        table.Unary<AddScalar>((op, x) => x + op.Constant);
        table.Unary<SubFromScalar>((op, x) => op.Constant - x);
        table.Unary<MulScalar>((op, x) => x * op.Constant);
        table.Unary<DivByScalar>((op, x) => x / op.Constant);
        table.Unary<DivScalarBy>((op, x) => op.Constant / x);
        table.Unary<Neg>(x => -x);
    }

    private static void Functions(KernelTable table)
    {
        table.Unary<Abs>(Math.Abs);
        table.Unary<Atan>(Math.Atan);
        table.Unary<Ceil>(Math.Ceiling);
        table.Unary<Clip>((op, x) => x < op.Low ? op.Low : x > op.High ? op.High : x);
        table.Unary<Cos>(Math.Cos);
        table.Unary<Erf>(NaiveMath.Erf);
        table.Unary<Exp>(Math.Exp);
        table.Unary<Expm1>(NaiveMath.Expm1);
        table.Unary<ExpRemainder>(NaiveMath.ExpRemainder);
        table.Unary<Floor>(Math.Floor);
        table.Unary<Log>(Math.Log);
        table.Unary<Log1p>(NaiveMath.Log1p);
        table.Binary<Pow>(Math.Pow);
        table.Unary<PowScalar>((op, x) => Math.Pow(x, op.Exponent));
        table.Unary<Round>(x => Math.Round(x, MidpointRounding.ToEven));
        table.Unary<Sign>(x => x > 0 ? 1 : x < 0 ? -1 : x);
        table.Unary<Sin>(Math.Sin);
        table.Unary<Sqrt>(Math.Sqrt);
        table.Unary<Square>(x => x * x);
        table.Unary<Step>((op, x) => IsOn(x, op.Tie) ? 1 : 0);
        table.Unary<SignStep>((op, x) => IsOn(x, op.Tie) ? 1 : -1);
        table.Unary<Tan>(Math.Tan);
        table.Unary<Tanh>(Math.Tanh);
    }

    private static void Activations(KernelTable table)
    {
        table.Unary<Elu>((op, x) => x < 0 ? op.Alpha * NaiveMath.Expm1(x) : x);
        table.Unary<Gelu>(x => x * Normal(x));
        table.Unary<LeakyRelu>((op, x) => x < 0 ? op.Slope * x : x);
        table.Unary<LogSigmoid>(x => -NaiveMath.Softplus(-x));
        table.Binary<PRelu>((x, slope) => x < 0 ? slope * x : x);
        table.Unary<Relu>(x => x < 0 ? 0 : x);
        table.Unary<Sigmoid>(NaiveMath.Sigmoid);
        table.Unary<Silu>(x => x * NaiveMath.Sigmoid(x));
        table.Unary<Softsign>(x => x / (1 + Math.Abs(x)));
        table.Unary<Softplus>((op, x) => NaiveMath.Softplus(op.Beta * x) / op.Beta);
    }

    /// <summary>dy f'(x), or of the sigmoid and tanh from y = f(x).</summary>
    private static void Slopes(KernelTable table)
    {
        table.Binary<AbsGrad>((dy, x) => x > 0 ? dy : x < 0 ? -dy : x == 0 ? 0 : dy);
        table.Binary<ClipGrad>((op, dy, x) =>
            x < op.Low || x > op.High || (op.SlopeAtEnds == 0 && (x == op.Low || x == op.High)) ? 0 : dy);
        table.Binary<EluGrad>((op, dy, x) => x < 0 ? dy * op.Alpha * Math.Exp(x) : dy);
        table.Binary<GeluGrad>((dy, x) => dy * (Normal(x) + x * Density(x)));
        table.Binary<LeakyReluGrad>((op, dy, x) => x < 0 ? dy * op.Slope : dy);
        table.Binary<ReluGrad>((op, dy, x) => x < 0 || (x == 0 && op.SlopeAtZero == 0) ? 0 : dy);
        table.Binary<SigmoidGrad>((dy, y) => dy * y * (1 - y));
        table.Binary<SiluGrad>((dy, x) => dy * NaiveMath.Sigmoid(x) * (1 + x * NaiveMath.Sigmoid(-x)));
        table.Binary<TanhGrad>((dy, y) => dy * (1 - y * y));
    }

    private static void Losses(KernelTable table)
    {
        table.Binary<BceWithLogits>((z, t) => t * NaiveMath.Softplus(-z) + (1 - t) * NaiveMath.Softplus(z));
        table.Binary<BinaryCrossEntropy>((p, t) => -(t * Math.Max(Math.Log(p), -100) + (1 - t) * Math.Max(NaiveMath.Log1p(-p), -100)));
        table.Binary<BinaryCrossEntropySlope>((p, t) => (p - t) / Math.Max(p * (1 - p), 1e-12));
        table.Add<BceWithLogitsGrad>((_, x, y) =>
        {
            int[][] at = [.. x.Select(operand => Places.Stretched(operand.Shape, y[0].Shape))];
            for (int i = 0; i < y[0].Count; i++)
                y[0].Real[i] = x[0].Real[at[0][i]] * (NaiveMath.Sigmoid(x[1].Real[at[1][i]]) - x[2].Real[at[2][i]]);
        });
    }

    private static void Choices(KernelTable table)
    {
        table.Binary<Maximum>(Math.Max, Math.Max);
        table.Binary<Minimum>(Math.Min, Math.Min);
        table.Question<Equal>((a, b) => a == b, (a, b) => a == b);
        table.Question<NotEqual>((a, b) => a != b, (a, b) => a != b);
        table.Question<Greater>((a, b) => a > b, (a, b) => a > b);
        table.Question<GreaterOrEqual>((a, b) => a >= b, (a, b) => a >= b);
        table.Question<Less>((a, b) => a < b, (a, b) => a < b);
        table.Question<LessOrEqual>((a, b) => a <= b, (a, b) => a <= b);
        table.Add<Where>((_, x, y) =>
        {
            int[][] at = [.. x.Select(operand => Places.Stretched(operand.Shape, y[0].Shape))];
            for (int i = 0; i < y[0].Count; i++)
            {
                int chosen = x[0].Real[at[0][i]] != 0 ? 1 : 2;
                y[0].Set(i, x[chosen], at[chosen][i]);
            }
        });
    }

    private static bool IsOn(double x, TieRule tie) => tie == TieRule.StrictGreater ? x > 0 : x >= 0;
}
