using Hebb.Data;
using Hebb.Layers;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training.Callbacks;

public class KeepLastTests
{
    private static readonly DataBundle Moons = DataCatalog.Load("moons");

    [Fact]
    public void TheEndOfTheLastEpochComesBack()
    {
        Module net = ReadyModels.Build("mlp", [2], 2);
        KeepLast last = new();
        Assert.Throws<InvalidOperationException>(() => last.Restore(net));
        Trainer.Fit(net, TrainingTask.Classification, new Optimizer(net, new Adam()),
            new DataLoader(Moons.Train, 64, new DataLoaderOptions()), null, new TrainingOptions { Epochs = 3, Callbacks = [last] });
        Assert.Equal(3, last.Last!.Epoch);
        float[] end = net.Parameters().First().Detach().ToArray<float>();
        net.Initialize(9);
        last.Restore(net);
        Assert.Equal(end, net.Parameters().First().Detach().ToArray<float>());
    }

    [Fact]
    public void ASessionThatIsCanceledGoesBackToTheLastEpoch()
    {
        Assert.False(Run(epochs: 2, cancelInEpoch: null).Result!.Description.IsCanceled);
        (Module cut, ExperimentResult? none, Experiment experiment) = Run(epochs: 9, cancelInEpoch: 3);
        Assert.Null(none);
        ExperimentResult partial = experiment.Partial!;
        Assert.Equal(2, partial.History.Count);
        Assert.True(partial.Description.IsCanceled);
        Assert.True(double.IsNaN(partial.Test.Loss));
        Assert.Equal(partial.Best.ValidationLoss,
            Trainer.Evaluate(cut, TrainingTask.Classification, Experiment.InOrder(Moons.Validation)!).Loss, 12);
    }

    [Fact]
    public void NothingIsKeptOfAnExperimentThatIsCanceledInItsFirstEpoch() =>
        Assert.Null(Run(epochs: 9, cancelInEpoch: 1).Experiment.Partial);

    private static (Module Net, ExperimentResult? Result, Experiment Experiment) Run(int epochs, int? cancelInEpoch)
    {
        using CancellationTokenSource source = new();
        Module net = ReadyModels.Build("mlp", [2], 2);
        Experiment experiment = new(Moons, new Recipe("mlp", epochs, 16, "adam", 0.01), net);
        try
        {
            return (net, experiment.Run(
                progress: new Watch(at => { if (at.Epoch == cancelInEpoch && at.Batch == 2) source.Cancel(); }),
                cancellation: source.Token), experiment);
        }
        catch (OperationCanceledException)
        {
            return (net, null, experiment);
        }
    }

    private sealed class Watch(Action<TrainingProgress> see) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => see(value);
    }
}
