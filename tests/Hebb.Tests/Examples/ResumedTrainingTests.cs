using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Tests.Files;
using Hebb.Training;

namespace Hebb.Tests.Examples;

/// <summary>A training that is written to files, and goes on from them in another process as if it had not stopped.</summary>
public class ResumedTrainingTests
{
    private static readonly Tensor s_x = Tensor.Normal([64, 4], new Rng(1)),
        s_t = Tensor.From<long>([.. Enumerable.Range(0, 64).Select(i => i % 3L)]);

    [Fact]
    public void TheSecondHalfGivesTheSameBits()
    {
        using TestFolder folder = new();
        ISchedule schedule = new WarmUp(5, new CosineDecay(0.02, 30));
        (Sequential through, Optimizer optimizer) = Make();
        Train(through, optimizer, schedule, 0, 20);
        through.Save(folder["model.safetensors"]);
        optimizer.Save(folder["optimizer.safetensors"]);
        Train(through, optimizer, schedule, 20, 40);

        (Sequential resumed, Optimizer second) = Make();
        resumed.Initialize(99);
        resumed.Load(folder["model.safetensors"]);
        second.Load(folder["optimizer.safetensors"]);
        Train(resumed, second, schedule, 20, 40);
        foreach ((string name, Tensor value) in through.StateDict()) Assert.Equal(
            value.Cast(DType.Float64).ToArray<double>(), resumed.StateDict()[name].Cast(DType.Float64).ToArray<double>());

        Optimizer other = new(new Linear(2, 2), new Adam());
        Assert.Throws<ArgumentException>(() => other.Load(folder["optimizer.safetensors"]));
    }

    private static (Sequential, Optimizer) Make()
    {
        Sequential net = [new Linear(4, 16), new BatchNorm1d(16), new Relu(), new Linear(16, 3)];
        return (net, new Optimizer(net, new Adam()) { Hooks = { new WeightDecay(0.01) } });
    }

    private static void Train(Sequential net, Optimizer optimizer, ISchedule schedule, int from, int to)
    {
        CompiledStep step = Compiled.Step(net, optimizer, new CrossEntropyLoss().Forward);
        for (int i = from; i < to; i++)
        {
            optimizer.LearningRate = schedule.At(i);
            step.Run(s_x, s_t);
        }
    }
}
