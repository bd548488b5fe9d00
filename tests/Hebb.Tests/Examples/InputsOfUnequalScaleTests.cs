using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Examples;

/// <summary>Age and income, three orders of magnitude apart: what scaling and batch normalization do for them.</summary>
public class InputsOfUnequalScaleTests
{
    [Fact]
    public void ThreePeopleInStandardUnits()
    {
        double[] people = [27, 31000, 52, 126000, 16, 10000];
        Scaler scaler = Scaler.FitStandard(people, 2);
        Near.Assert([31.6667, 55666.67], [.. scaler.Offsets], 1e-2, "means");
        Near.Assert([15.0628, 50466.71], [.. scaler.Scales], 1e-2, "deviations");
        scaler.Transform(people);
        Near.Assert([-0.309813, -0.488771, 1.349901, 1.393658, -1.040088, -0.904887], people, 1e-5, "z");
        // Batch normalization does the same to the batch, if epsilon counts for nothing.
        Tensor batch = Tensor.From<double>([27, 31000, 52, 126000, 16, 10000], [3, 2]);
        Near.Assert(people, new BatchNorm1d(2, epsilon: 1e-9, affine: false).To(DType.Float64).Forward(batch).ToArray<double>(), 1e-9,
            "batch norm");
    }

    [Fact]
    public void BatchNormGivesTheMeanAndDeviationThatItsParametersSay()
    {
        Tensor x = Tensor.Normal([50, 2], new Rng(1), 3, 4, DType.Float64), mean = x.Mean(0), deviation = x.StandardDeviation([0]);
        BatchNorm1d layer = new BatchNorm1d(2, epsilon: 1e-15).To(DType.Float64);
        layer.LoadStateDict(
            new Dictionary<string, Tensor> { ["weight"] = Tensor.From<double>(2, 0.5), ["bias"] = Tensor.From<double>(-1, 7) },
            strict: false);
        Tensor y = layer.Forward(x).Detach();
        Near.Assert([-1, 7], y.Mean(0).ToArray<double>(), 1e-10, "mean");
        Near.Assert([2, 0.5], y.StandardDeviation([0]).ToArray<double>(), 1e-10, "deviation");
        layer.LoadStateDict(new Dictionary<string, Tensor> { ["weight"] = deviation, ["bias"] = mean }, strict: false);
        Near.Assert(x.ToArray<double>(), layer.Forward(x).Detach().ToArray<double>(), 1e-10, "identity");
    }

    [Theory, InlineData(0.1), InlineData(0.5)]
    public void RawInputsTeachNothingScaledOnesDo(double learningRate)
    {
        Batch people = new DataLoader(Synthetic.Diets(300, seed: 11), 300).Epoch(0).Single();
        Tensor raw = people.Input, t = people.Target.Cast(DType.Float32).Unsqueeze(1);
        Tensor scaled = (raw - raw.Mean([0], keepAxes: true)) / raw.StandardDeviation([0], keepAxes: true);
        Assert.InRange(Train([new Linear(2, 8), new Tanh(), new Linear(8, 1)], raw, t, learningRate), 0.6, 0.75);
        Assert.InRange(Train([new Linear(2, 8), new Tanh(), new Linear(8, 1)], scaled, t, learningRate), 0, 0.2);
        Assert.InRange(Train([new BatchNorm1d(2), new Linear(2, 8), new Tanh(), new Linear(8, 1)], raw, t, learningRate), 0, 0.2);
    }

    private static double Train(Sequential net, Tensor x, Tensor t, double learningRate)
    {
        net.Initialize(3);
        BceWithLogitsLoss loss = new();
        Optimizer optimizer = new(net, new Sgd(), learningRate);
        for (int epoch = 0; epoch < 200; epoch++)
        {
            optimizer.ZeroGrad();
            loss.Forward(net.Forward(x), t).Backward();
            optimizer.Step();
        }
        return loss.Forward(net.Forward(x), t).Item();
    }
}
