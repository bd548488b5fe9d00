using Hebb.Data;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Tests.Registry;
using Hebb.Training;

namespace Hebb.Tests.Training.Callbacks;

/// <summary>A callback that has served one training serves the next as a fresh one does.</summary>
public class ReuseTests
{
    private static readonly DataBundle Moons = DataCatalog.Load("moons");

    public static TheoryData<string> Callbacks => CallbackCases.Names;

    private static (Module Net, TrainingResult Result) Fit(ICallback callback, ulong seed, int epochs)
    {
        Module net = ReadyModels.Build("mlp", [2], 2);
        net.Initialize(seed);
        return (net, Trainer.Fit(
            net, TrainingTask.Classification, new Optimizer(net, new Adam(), 0.02), new DataLoader(Moons.Train, 32),
            new DataLoader(Moons.Validation, 32), new TrainingOptions { Epochs = epochs, Callbacks = [callback] }));
    }

    [Theory, MemberData(nameof(Callbacks))]
    public void TheSecondTrainingIsThatOfAFreshCallback(string name)
    {
        ICallback used = CallbackCases.Make(name);
        Fit(used, seed: 1, epochs: 12);
        (Module again, TrainingResult second) = Fit(used, seed: 2, epochs: 3);
        (Module fresh, TrainingResult first) = Fit(CallbackCases.Make(name), seed: 2, epochs: 3);
        Assert.Equal(first.History.Select(epoch => epoch with { Seconds = 0 }), second.History.Select(epoch => epoch with { Seconds = 0 }));
        foreach ((Parameter one, Parameter other) in fresh.Parameters().Zip(again.Parameters()))
            Assert.Equal(one.Detach().ToArray<float>(), other.Detach().ToArray<float>());
    }

    [Fact]
    public void TheBestEpochIsOneOfTheLastTraining()
    {
        KeepBest best = new();
        Fit(best, seed: 1, epochs: 12);
        Fit(best, seed: 2, epochs: 2);
        Assert.InRange(best.Best!.Epoch, 1, 2);
    }
}
