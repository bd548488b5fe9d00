using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;

namespace Hebb.Tests.Diagnostics;

public class DoctorTests
{
    [Fact]
    public void AThresholdBehindALearningLayerIsFound()
    {
        Sequential net = [new Linear(2, 3), new Step(), new Linear(3, 1), new Step()];
        Assert.Equal(["1", "3"], Doctor.Examine(net).Select(finding => finding.Layer));
        Finding first = Doctor.Examine(net)[0];
        Assert.Equal($"1: {first.Advice}", first.ToString());
        Assert.Contains("such as 0", first.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void AThresholdNetWithSetWeightsIsNot()
    {
        Sequential net = [new Linear(2, 3), new Step()];
        net.Freeze();
        Assert.Empty(Doctor.Examine(net));
        Sequential front = [new Step(), new Linear(2, 3)];
        Assert.Empty(Doctor.Examine(front));
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    [InlineData(784, true)]
    public void TheWideUniformStartIsFoundFromElevenInputs(int inputs, bool isWarned)
    {
        Sequential net = [new Linear(inputs, 5, start: Initializer.Uniform())];
        Assert.Equal(isWarned, Doctor.Examine(net).Count == 1);
    }

    [Fact]
    public void OtherStartsAreFoundByTheirVariance()
    {
        Module Net(IInitializer? start) => new Sequential(new Linear(100, 5, start: start), new Conv2d(8, 4, 3, start: start));
        Assert.Equal(["0", "1"], Doctor.Examine(Net(Initializer.Normal())).Select(finding => finding.Layer));
        Assert.Contains("72 times", Doctor.Examine(Net(Initializer.Normal()))[1].Advice, StringComparison.Ordinal);
        Assert.Empty(Doctor.Examine(Net(Initializer.Normal(0.02))));
        Assert.Empty(Doctor.Examine(Net(Initializer.HeNormal())));
        Assert.Empty(Doctor.Examine(Net(null)));
    }

    [Fact]
    public void DropoutBeforeTheOutputsOfASquaredErrorIsFound()
    {
        Sequential late = [new Linear(4, 8), new Relu(), new Dropout(), new Linear(8, 1)];
        Sequential last = [new Linear(4, 8), new Dropout()];
        Sequential early = [new Linear(4, 8), new Dropout(), new Relu(), new Linear(8, 8), new Relu(), new Linear(8, 1)];
        Assert.Equal("2", Assert.Single(Doctor.Examine(late, new MseLoss())).Layer);
        Assert.Equal("1", Assert.Single(Doctor.Examine(last, new MseLoss())).Layer);
        Assert.Empty(Doctor.Examine(early, new MseLoss()));
        Assert.Empty(Doctor.Examine(late, new L1Loss()));
        Assert.Empty(Doctor.Examine(late));
    }

    [Fact]
    public void ParametersThatAreNotRegisteredAreFound()
    {
        TensorSpec batch = new(DType.Float32, [2, 3]);
        Linear kept = new(3, 3), lost = new(3, 3);
        Sequential net = [kept, new Lambda(x => lost.Forward(x))];
        Assert.Contains("Linear(3 → 3)", Assert.Single(Doctor.Examine(net, input: batch)).Advice, StringComparison.Ordinal);
        Assert.Empty(Doctor.Examine(net));
        // The same layer in two places is registered in one of them.
        Assert.Empty(Doctor.Examine(new Sequential(kept, new Lambda(x => kept.Forward(x))), input: batch));
    }

    [Fact]
    public void HiddenWeightsThatStartEqualAreFound()
    {
        IInitializer same = Initializer.Constant(0.1);
        Sequential net = [new Linear(4, 8, start: same), new Relu(), new Linear(8, 3, start: same)];
        // Outputs have different targets, so that equal starts do them no harm.
        Finding found = Assert.Single(Doctor.Examine(net));
        Assert.Equal("0", found.Layer);
        Assert.Contains("stay equal", found.Advice, StringComparison.Ordinal);
        Assert.Empty(Doctor.Examine(new Sequential(new Linear(4, 1, start: same), new Linear(1, 3))));
        Assert.Empty(Doctor.Examine(new Linear(4, 3, start: Initializer.Constant(0))));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(6, true)]
    public void ManyLogisticLayersAreFound(int layers, bool isWarned)
    {
        Sequential Net(Func<Module> unit, bool isNormalized)
        {
            Sequential net = [];
            for (int i = 0; i < layers; i++)
            {
                net.Add(new Linear(5, 5));
                if (isNormalized) net.Add(new BatchNorm1d(5));
                net.Add(unit());
            }
            net.Add(new Linear(5, 1));
            net.Add(new Sigmoid());
            return net;
        }
        IReadOnlyList<Finding> findings = Doctor.Examine(Net(() => new Sigmoid(), false));
        Assert.Equal(isWarned ? ["5"] : [], findings.Select(finding => finding.Layer));
        Assert.Empty(Doctor.Examine(Net(() => new Sigmoid(), true)));
        Assert.Empty(Doctor.Examine(Net(() => new Tanh(), false)));
    }

    [Fact]
    public void ReadyModelsAreInGoodHealth()
    {
        foreach (string name in ReadyModels.Names)
        {
            bool areTokens = ReadyModels.AreTokens(name);
            Module model = ReadyModels.Build(name, areTokens || name is "mlp" ? [20] : [1, 28, 28], 10, areTokens ? 100 : null);
            Assert.Empty(Doctor.Examine(model));
            TensorSpec batch = new(areTokens ? DType.Int64 : DType.Float32, areTokens || name is "mlp" ? [2, 20] : [2, 1, 28, 28]);
            foreach (Loss loss in (Loss[])[new CrossEntropyLoss(), new FocalLoss(), new HingeLoss(), new BceWithLogitsLoss()])
                Assert.Empty(Doctor.Examine(model, loss, batch));
        }
    }
}
