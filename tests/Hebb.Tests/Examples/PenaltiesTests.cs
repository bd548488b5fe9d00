using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Tests.Optim;

namespace Hebb.Tests.Examples;

/// <summary>What penalties and bounds do to weights.</summary>
public class PenaltiesTests
{
    /// <summary>w = 2, gradient 0.5, rate 0.1, coefficient 0.01.</summary>
    [Fact]
    public void OneStepWithEveryWayToWriteThePenalty()
    {
        double After(IUpdateHook hook) => OneParameter.After(OneParameter.Filled(2, 0.5), hook);
        Assert.Equal(1.948, After(new WeightDecay(0.01)), 1e-12);                          // (λ/2) w²
        Assert.Equal(1.946, After(WeightDecay.WithoutHalf(0.01)), 1e-12);                  // α w²
        Assert.Equal(1.93, After(new WeightDecay(0.01, WeightDecayForm.PerStep)), 1e-12);  // w ← w - λ w without the rate
        Assert.Equal(1.948, After(new WeightDecay(0.01, WeightDecayForm.Decoupled)), 1e-12);
    }

    [Fact]
    public void TheProximalStepMakesZerosTheSubgradientOnlySmallNumbers()
    {
        int Zeros(L1Penalty penalty)
        {
            Linear net = Fit(new Linear(20, 1, bias: false), x => x.Narrow(1, 0, 2).Sum([1], keepAxes: true), penalty);
            return net.Weight.Detach().ToArray<float>().Count(w => w == 0);
        }
        Assert.InRange(Zeros(new L1Penalty(0.05)), 12, 18);
        Assert.Equal(0, Zeros(new L1Penalty(0.05) { IsSubgradient = true }));
    }

    [Fact]
    public void OfTwoEqualInputsTheSquarePenaltyUsesBothAlike()
    {
        Linear net = Fit(new Linear(2, 1, bias: false), x => x.Narrow(1, 0, 1), new WeightDecay(0.1), areInputsEqual: true, steps: 1000);
        float[] w = net.Weight.Detach().ToArray<float>();
        Assert.Equal(w[0], w[1], 1e-3f);
        Assert.InRange(w[0], 0.4f, 0.5f);
    }

    /// <summary>Both weights shrink by as much, so that the split stays as it started; only the sum is decided.</summary>
    [Fact]
    public void TheAbsolutePenaltyLeavesTheSplitOpen()
    {
        float[] Split(float first)
        {
            Linear net = new(2, 1, bias: false);
            net.LoadStateDict(new Dictionary<string, Tensor> { ["weight"] = Tensor.From<float>([first, 0.5f], [1, 2]) });
            return Fit(net, x => x.Narrow(1, 0, 1), new L1Penalty(0.1), areInputsEqual: true, steps: 1000).Weight.Detach().ToArray<float>();
        }
        float[] even = Split(0.5f), uneven = Split(0.9f);
        Assert.Equal(even[0], even[1], 1e-4f);
        Assert.Equal(0.4f, uneven[0] - uneven[1], 1e-3f);
        Assert.Equal(even.Sum(), uneven.Sum(), 1e-3f);
    }

    [Fact]
    public void BoundedWeightsStayBoundedAtARateOfAHundred()
    {
        Linear net = new Linear(5, 3).To(DType.Float64);
        Optimizer optimizer = new(net, new Sgd(), 100) { Hooks = { new MaxNorm(3) } };
        for (int i = 0; i < 20; i++)
        {
            optimizer.ZeroGrad();
            net.Forward(Tensor.Normal([8, 5], new Rng((ulong)i), dtype: DType.Float64)).Square().Mean().Backward();
            optimizer.Step();
            Assert.All(net.Weight.Detach().Norm(2, [1]).ToArray<double>(), norm => Assert.InRange(norm, 0, 3 + 1e-9));
        }
    }

    private static Linear Fit(Linear net, Func<Tensor, Tensor> truth, IUpdateHook hook, bool areInputsEqual = false, int steps = 300)
    {
        Tensor x = Tensor.Normal([200, net.Weight.Shape[1]], new Rng(5));
        if (areInputsEqual) x = Tensor.Concat([x.Narrow(1, 0, 1), x.Narrow(1, 0, 1)], 1);
        Tensor t = truth(x);
        Optimizer optimizer = new(net, new Sgd(), 0.1) { Hooks = { hook } };
        for (int i = 0; i < steps; i++)
        {
            optimizer.ZeroGrad();
            new MseLoss().Forward(net.Forward(x), t).Backward();
            optimizer.Step();
        }
        return net;
    }
}
