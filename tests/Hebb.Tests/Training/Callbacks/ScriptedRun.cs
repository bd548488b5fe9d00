using Hebb.Data;
using Hebb.Layers;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training.Callbacks;

/// <summary>A training run whose losses are given, to see what a callback makes of them.</summary>
internal static class ScriptedRun
{
    /// <summary>The rate of each epoch's update, from a first rate of 0.1.</summary>
    public static double[] Rates(double[] losses, ICallback callback, ISchedule? schedule = null)
    {
        Linear net = new(1, 1);
        VectorDataset one = VectorDataset.OfValues([1], [1], [1], "y");
        List<double> rates = [];
        int epoch = 0;
        TrainingTask script = new((output, _) => (output * 0).Sum() + losses[epoch++], () => new RootMeanSquaredError());
        Optimizer optimizer = new(net, new Sgd(), 0.1);
        Trainer.Fit(net, script, optimizer, new DataLoader(one, 1, new DataLoaderOptions()), null, new TrainingOptions
        {
            Epochs = losses.Length,
            Schedule = schedule,
            IsEager = true,
            Callbacks = [new Watch(() => rates.Add(optimizer.LearningRate)), callback],
        });
        return [.. rates.Select(rate => Math.Round(rate, 12))];
    }

    private sealed class Watch(Action act) : ICallback
    {
        public void OnEpoch(TrainingState state) => act();
    }
}
