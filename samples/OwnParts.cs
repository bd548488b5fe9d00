#:project ../src/Hebb/Hebb.csproj
// An op, an elementwise function, a layer, a loss and an update rule of one's own find the numbers behind a leaky, squashed signal.
using System.Runtime.CompilerServices;
using Hebb;
using Hebb.Kernels;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

Tensor x = Tensor.Normal([500], new Rng(seed: 1), dtype: DType.Float64);
Tensor target = new LeakyUnit(gain: 2, scale: 0.5).Forward(x).Detach();
LeakyUnit unit = new(gain: 1, scale: 1);
LogCoshLoss loss = new();
(string, Tensor)[] weights = [.. unit.NamedParameters().Select(p => (p.Name, (Tensor)p.Value))];
Console.WriteLine(GradientCheck.Run(() => loss.Forward(unit.Forward(x), target), weights));
Optimizer optimizer = new(unit, new SignMomentum());
for (int step = 0; step <= 400; step++)
{
    optimizer.LearningRate = 0.02 * (1 - step / 401.0);
    Tensor error = loss.Forward(unit.Forward(x), target);
    if (step % 100 == 0) Console.WriteLine($"step {step,3}: loss {error.Item():0.000000}");
    error.Backward();
    optimizer.Step();
    optimizer.ZeroGrad();
}
foreach ((string name, Parameter value) in unit.NamedParameters()) Console.WriteLine($"{name} = {value.Item():0.00}");

/// <summary>An op: y[t] = x[t] + rate y[t - 1], or backwards in time. Its gradient is the same op in the other direction.</summary>
public readonly record struct LeakySum(double Rate, bool IsReverse = false) : IOp
{
    public void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        if (inputs[0].DType != DType.Float64 || inputs[0].Shape.Rank != 1)
            throw new ShapeException($"LeakySum got {inputs[0]}, but takes a float64 vector; reshape or cast it.");
        outputs[0] = new TensorSpec(DType.Float64, inputs[0].Shape);
    }
    public Kernel Bind(ref OpCall call)
    {
        (int steps, double rate, bool isReverse) = (call.RowMajor(0).Shape.Count, Rate, IsReverse);
        return (in values) =>
        {
            double sum = 0;
            for (int i = 0, t = isReverse ? steps - 1 : 0; i < steps; i++, t += isReverse ? -1 : 1)
                values.Output<double>(0)[t] = sum = values.Input<double>(0)[t] + rate * sum;
        };
    }
    public void Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply(this with { IsReverse = !IsReverse }));
}

/// <summary>An elementwise function: y = x / (1 + |x|)</summary>
public readonly record struct Softsign : IUnary<Softsign>
{
    V IUnaryLane.Lane<V>(V x) => x / (V.Of(1) + V.Abs(x));
    public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * (1 - y.Abs()).Square();
}

/// <summary>A layer: a leaky sum over time of scale · softsign(gain x)</summary>
public sealed class LeakyUnit : Module
{
    private readonly Parameter _gain, _scale;

    public LeakyUnit(double gain, double scale)
    {
        Register(_gain = new Parameter(Tensor.Scalar(gain)));
        Register(_scale = new Parameter(Tensor.Scalar(scale)));
    }

    protected override Tensor OnForward(Tensor x) => ((_gain * x).Apply(new Softsign()) * _scale).Apply(new LeakySum(0.5));
}

/// <summary>A loss: log cosh(y - t), a square near 0 and a distance far from it</summary>
public sealed class LogCoshLoss : Loss
{
    protected override LossElements Elements(Tensor output, Tensor target)
    {
        RequireAlike(output, target);
        Tensor e = output - target;
        return e + (e * -2).Softplus() - Math.Log(2);
    }
}

/// <summary>An update rule: m ← 0.9 m + 0.1 g, w ← w - η sign(m)</summary>
public sealed record SignMomentum : IUpdateRule
{
    public double DefaultLearningRate => 0.02;
    public IReadOnlyList<string> StateNames => ["momentum"];
    public void Apply(in UpdateStep step) => step.Run(new Step(step.LearningRate));

    private readonly struct Step(Coefficient rate) : IUpdateLane
    {
        public static int StateCount => 1;
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
        {
            V m = s[0] = V.Of(0.9) * s[0] + V.Of(0.1) * g;
            return w - V.Of(rate) * (V.Of(1) | (m & V.Of(-0.0)));
        }
    }
}
