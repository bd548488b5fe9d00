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
        Trainer.Fit(net, Objective.Classification, new Optimizer(net, new Adam()), new Loader(Moons.Train, 64, new LoaderOptions()), null, new TrainingOptions { Epochs = 3, Callbacks = [last] });
        Assert.Equal(3, last.Last!.Epoch);
        float[] end = net.Parameters().First().Detach().ToArray<float>();
        net.Initialize(9);
        last.Restore(net);
        Assert.Equal(end, net.Parameters().First().Detach().ToArray<float>());
    }

    [Fact]
    public void ASessionThatIsCancelledGoesBackToTheLastEpoch()
    {
        Assert.False(Run(epochs: 2, cancelInEpoch: null).Result!.Description.IsCancelled);
        (Module cut, SessionResult? none, Session session) = Run(epochs: 9, cancelInEpoch: 3);
        Assert.Null(none);
        SessionResult partial = session.Partial!;
        Assert.Equal(2, partial.History.Count);
        Assert.True(partial.Description.IsCancelled);
        Assert.True(double.IsNaN(partial.Test.Loss));
        Assert.Equal(partial.Best.ValidationLoss, Trainer.Evaluate(cut, Objective.Classification, Session.InOrder(Moons.Validation)!).Loss, 12);
    }

    [Fact]
    public void NothingIsKeptOfASessionThatIsCancelledInItsFirstEpoch() => Assert.Null(Run(epochs: 9, cancelInEpoch: 1).Session.Partial);

    private static (Module Net, SessionResult? Result, Session Session) Run(int epochs, int? cancelInEpoch)
    {
        using CancellationTokenSource source = new();
        Module net = ReadyModels.Build("mlp", [2], 2);
        Session session = new(Moons, new Recipe("mlp", epochs, 16, "adam", 0.01), net);
        try
        {
            return (net, session.Run(progress: new Watch(at => { if (at.Epoch == cancelInEpoch && at.Batch == 2) source.Cancel(); }), cancellation: source.Token), session);
        }
        catch (OperationCanceledException)
        {
            return (net, null, session);
        }
    }

    private sealed class Watch(Action<TrainingProgress> see) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => see(value);
    }
}
