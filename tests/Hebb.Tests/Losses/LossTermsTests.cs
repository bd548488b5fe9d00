using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

namespace Hebb.Tests.Losses;

/// <summary>Weights of losses are finite and not negative, and constants are applied where they keep a loss from overflowing.</summary>
public class LossTermsTests
{
    public static TheoryData<float> Bad => [-1, float.NaN, float.PositiveInfinity];

    [Theory, MemberData(nameof(Bad))]
    public void WeightsThatAreNoneAreRefused(float weight)
    {
        Tensor weights = Tensor.From(1, weight);
        Action[] acts =
        [
            () => _ = new CrossEntropyLoss { ClassWeights = weights },
            () => _ = new BceWithLogitsLoss { PositiveWeight = weights },
            () => _ = new SequenceLoss(new MseLoss { Reduction = Reduction.None }, weights),
            () => new DataLoader(new Weighted(weight), 2).Epoch(0).Count(),
        ];
        foreach (Action act in acts)
            Assert.Contains("Number 1 of", Assert.Throws<ArgumentException>(act).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatCannotBeMeantIsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineLoss { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HingeLoss { Margin = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MseLoss { Scale = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new HuberLoss { Scale = -1 });
        Assert.Throws<ArgumentException>(() => new MilestoneDecay(1, [-3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => InformationTheory.Entropy(Tensor.From(0.5, 0.5), logBase: 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LengthBucketSampler([3, -1], 1, 0));
        Assert.Contains("Value 1", Assert.Throws<ArgumentException>(
            () => VectorDataset.OfValues([1], [1, 2], [1, float.NaN], "y")).Message, StringComparison.Ordinal);
        // An ε that float32 does not hold would divide 0 by 0.
        Tensor zeros = Tensor.Zeros([1, 2]);
        Assert.Throws<ArgumentException>(() => new CosineLoss { Epsilon = 1e-50 }.Forward(zeros, zeros));
    }

    [Fact]
    public void ConstantsKeepALossWithinItsType()
    {
        Tensor zero = Tensor.Zeros([1, 1]), far = Tensor.Full([1, 1], 1e20), near = Tensor.Full([1, 1], 1e-20);
        Assert.Equal(1e10, new MseLoss { Scale = 1e-30 }.Forward(far, zero).Item(), 1e4);
        Assert.Equal(1e-20, HuberLoss.SmoothL1(1e-30).Forward(near, zero).Item(), 1e-26);
        Linear wide = new(1, 1, bias: false);
        wide.Weight.Detach().Fill(1e25);
        Assert.Equal(5e19, new Penalty(1e-30).Of(wide).Item(), 1e14);
    }

    [Fact]
    public void RulesRefuseConstantsThatAParameterCannotHold()
    {
        Linear net = new(1, 1);
        Func<double, IUpdateRule>[] rules =
        [
            epsilon => new Adam(Epsilon: epsilon), epsilon => new Adamax(Epsilon: epsilon), epsilon => new RmsProp(Epsilon: epsilon),
            epsilon => new Adagrad(Epsilon: epsilon), epsilon => new Adadelta(Epsilon: epsilon),
        ];
        foreach (Func<double, IUpdateRule> rule in rules)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => rule(0));
            foreach (double epsilon in new[] { 1e-50, 1e40 }) Assert.Throws<ArgumentException>(() => new Optimizer(net, rule(epsilon)));
        }
        Assert.Throws<ArgumentException>(() => new Optimizer(net, new Adagrad(StartSquare: 1e40)));
        Linear wide = new Linear(1, 1).To(DType.Float64);
        foreach (Func<double, IUpdateRule> rule in rules) _ = new Optimizer(wide, rule(1e-50));
    }

    /// <summary>Two samples, of which the second has a given weight.</summary>
    private sealed class Weighted(float weight) : IDataset
    {
        public int Count => 2;

        public IReadOnlyList<Field> Fields { get; } = [Field.Input([1]), Field.Values(["y"]), Field.Weight()];

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
        {
            for (int i = 0; i < samples.Length; i++) into.Span<float>("weight", i)[0] = samples[i] == 1 ? weight : 1;
        }
    }
}
