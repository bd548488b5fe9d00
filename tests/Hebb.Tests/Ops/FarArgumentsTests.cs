using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Ops;

/// <summary>Numbers near the ends of float32, where squares and products are beyond it.</summary>
public class FarArgumentsTests
{
    public static TheoryData<string> Activations => [.. s_activations.Keys];

    private static readonly Dictionary<string, Func<Tensor, Tensor>> s_activations = new()
    {
        ["Gelu"] = x => x.Gelu(),
        ["GeluTanh"] = x => x.GeluTanh(),
        ["Silu"] = x => x.Silu(),
        ["Mish"] = x => new Mish().Forward(x),
        ["Softplus"] = x => x.Softplus(),
        ["LogSigmoid"] = x => x.LogSigmoid(),
        ["Sigmoid"] = x => x.Sigmoid(),
        ["Tanh"] = x => x.Tanh(),
        ["Elu"] = x => x.Elu(),
        ["Selu"] = x => new Selu().Forward(x),
        ["Softsign"] = x => x.Softsign(),
        ["Atan"] = x => x.Atan(),
        ["Relu"] = x => x.Relu(),
        ["LeakyRelu"] = x => x.LeakyRelu(0.1),
        ["HardSigmoid"] = x => new HardSigmoid().Forward(x),
        ["HardSwish"] = x => new HardSwish().Forward(x),
        ["HardTanh"] = x => new HardTanh().Forward(x),
        ["Erf"] = x => x.Erf(),
    };

    [Theory, MemberData(nameof(Activations))]
    public void ActivationsAndTheirSlopesAreNumbers(string name)
    {
        foreach (double at in new[] { 1e5, 1e10, 1e15, 1e20, 1e30, 3e38 })
        {
            foreach (double sign in new[] { -1.0, 1.0 })
            {
                Tensor x = Tensor.Full([1], sign * at).Track();
                Tensor y = s_activations[name](x), first = Gradient.Of(y.Sum(), x, createGraph: true);
                Assert.True(double.IsFinite(y.Detach().Item()), $"{name}({sign * at}) is {y.Detach().Item()}");
                Assert.True(double.IsFinite(first.Detach().Item()), $"the slope of {name} at {sign * at} is {first.Detach().Item()}");
                double second = first.RequiresGrad ? Gradient.Of(first.Sum(), x).Item() : 0;
                Assert.True(Math.Abs(second) < 1e-4, $"the second derivative of {name} at {sign * at} is {second}");
            }
        }
    }

    public static TheoryData<string> Rules => ["adam", "adam without correction", "rmsprop", "rmsprop centered", "rmsprop momentum",
        "rmsprop both", "adagrad", "adadelta", "adamax"];

    [Theory, MemberData(nameof(Rules))]
    public void RulesMoveAlongGradientsWhoseSquareIsInfinite(string name)
    {
        IUpdateRule rule = name switch
        {
            "adam" => new Adam(),
            "adam without correction" => new Adam { CorrectsBias = false },
            "rmsprop" => new RmsProp(),
            "rmsprop centered" => new RmsProp { IsCentered = true },
            "rmsprop momentum" => new RmsProp { Momentum = 0.5 },
            "rmsprop both" => new RmsProp { Momentum = 0.5, IsCentered = true },
            "adagrad" => new Adagrad(),
            "adadelta" => new Adadelta(),
            _ => new Adamax(),
        };
        foreach (float gradient in new[] { 1e20f, 1e30f, 3e38f })
        {
            Linear net = new(1, 1, bias: false);
            net.Weight.Detach().Fill(0);
            Optimizer optimizer = new(net, rule, 0.1);
            double before = 0;
            for (int step = 0; step < 5; step++)
            {
                optimizer.ZeroGrad();
                (net.Weight * gradient).Sum().Backward();
                optimizer.Step();
                double now = net.Weight.Detach().Item();
                Assert.True(now < before && now > -100, $"{name}: step {step} went from {before} to {now}");
                before = now;
            }
        }
    }

    [Fact]
    public void WhatCountsNothingHasNoSlopeEvenWhereItIsInfinite()
    {
        Tensor output = Tensor.From(new float[,] { { 1, float.PositiveInfinity } }).Track(), target = Tensor.Zeros([1, 2]);
        SequenceLoss loss = new(new MseLoss { Reduction = Reduction.None }, Tensor.From(1f, 0));
        Assert.Equal(1, loss.Forward(output, target).Detach().Item());
        Assert.Equal([2f, 0], Gradient.Of(loss.Forward(output, target), output).ToArray<float>());
        Tensor scores = Tensor.From(new float[,] { { 0, 0 }, { float.PositiveInfinity, float.NegativeInfinity } }).Track();
        Tensor classes = Tensor.From<long>(0, 1);
        foreach (ClassLoss each in new ClassLoss[]
        {
            new CrossEntropyLoss { ClassWeights = Tensor.From(1f, 0) }, new HingeLoss { ClassWeights = Tensor.From(1f, 0) },
            new FocalLoss { ClassWeights = Tensor.From(1f, 0) },
        })
        {
            Assert.All(Gradient.Of(each.Forward(scores, classes), scores).ToArray<float>(), slope => Assert.True(float.IsFinite(slope)));
        }
    }

    [Fact]
    public void ReportsAreInDouble()
    {
        Sequential net = [new Lambda(x => x * 1e20, "far")];
        VarianceLine line = VarianceProbe.Of(net, Tensor.From(new float[,] { { 1, -1 } })).Single();
        Assert.Equal(1, line.Variance / 1e40, 1e-6);
        Assert.True(double.IsFinite(line.GradientVariance));
        Assert.Equal(2, GradientCheck.RelativeError(1e308, -1e308));
    }

    [Fact]
    public void ConstantsThatATypeDoesNotHoldAreRefused()
    {
        Tensor x = Tensor.Ones([2]);
        Action[] acts =
            [() => _ = x * 1e-50, () => _ = 1e-50 / x, () => _ = x / 1e-50, () => x.Clip(0, 1e39), () => x.Clip(-1e39, 0)];
        foreach (Action act in acts)
            Assert.Contains("float32", Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
        _ = x.Clip(0, double.PositiveInfinity);
        _ = x.Cast(DType.Float64) * 1e-50;
    }

    [Fact]
    public void WhatIsNoNumberPassesOn()
    {
        Tensor one = Tensor.From(3.0).Track(), deviation = one.StandardDeviation(correction: 1);
        Assert.True(double.IsNaN(deviation.Detach().Item()) && double.IsNaN(Gradient.Of(deviation, one).Item()));
        Assert.All(Tensor.From(1, float.NaN, 3, 2).Hardmax().ToArray<float>(), share => Assert.True(float.IsNaN(share)));
        Assert.Equal([0f, 0, 1, 0], Tensor.From(1f, 0, 3, 2).Hardmax().ToArray<float>());
        Tensor zero = Tensor.From(0.0).Track();
        foreach (double power in new[] { 0, 2.0, 3.0 })
        {
            Tensor first = Gradient.Of(zero.Pow(Tensor.From(power)).Sum(), zero, createGraph: true);
            Assert.Equal(0, first.Detach().Item());
            Assert.Equal(power == 2 ? 2 : 0, Gradient.Of(first.Sum(), zero).Item());
        }
    }
}
