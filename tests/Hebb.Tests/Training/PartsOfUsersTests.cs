using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training;

/// <summary>Parts of users that return nothing, or something else than was asked for, are named in a sentence.</summary>
public class PartsOfUsersTests
{
    private sealed class NoLoss : Loss
    {
        protected internal override LossElements Elements(Tensor output, Tensor target) => new(null!);
    }

    private sealed class FewCounts : Loss
    {
        protected internal override LossElements Elements(Tensor output, Tensor target) => new(output, Tensor.Ones([1]));
    }

    private sealed class NoFields(int count) : IDataset
    {
        public int Count => count;

        public IReadOnlyList<Field> Fields => count < 0 ? [Field.Input([])] : [];

        public void Fill(ReadOnlySpan<int> samples, BatchMemory into) { }
    }

    private readonly record struct NoKernel(bool GivesNull) : IOp
    {
        public void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = inputs[0];

        public Kernel Bind(ref OpCall call) => GivesNull ? (in values) => values.Output<float>(0).Clear() : null!;

        public void Grad(GradientFlow flow) => flow.Give(0, null!);
    }

    [Fact]
    public void WhatReturnsNothingIsNamed()
    {
        Tensor x = Tensor.Ones([2, 1]);
        Linear net = new(1, 1);
        Optimizer optimizer = new(net, new Sgd());
        DataLoader loader = new(VectorDataset.OfValues([1], [1, 2], [1, 2], "y"), 2);
        (string Named, Action Act)[] cases =
        [
            ("NoLoss.Elements returned null", () => new NoLoss().Forward(x, x)),
            ("FewCounts.Elements returned counts float32[1]", () => new FewCounts().Forward(x, x)),
            ("NoFields.Fields is empty", () => _ = new DataLoader(new NoFields(0), 1)),
            ("NoFields.Count is -1", () => _ = new DataLoader(new NoFields(-1), 1)),
            ("NoKernel cannot run, since its Bind gave no kernel", () => x.Apply(new NoKernel())),
            ("NoKernel cannot run, since operand 1 is null", () => x.Apply(new NoKernel(), (Tensor)null!)),
            ("NoKernel gave null for operand 0", () => Gradient.Of(Tensor.Ones([1]).Track() is var leaf
                ? leaf.Apply(new NoKernel(true)) : leaf, leaf)),
            ("A loss function returned null", () => Fit(new TrainingTask((Tensor _, Tensor _) => null!, () => new RSquared()))),
            ("A loss function returned float32[2, 1]", () => Fit(new TrainingTask((output, _) => output, () => new RSquared()))),
            ("loss function of a task returned null",
                () => Fit(new TrainingTask((IReadOnlyList<MaskedTensor> _, Batch _) => null!, () => new RSquared()))),
            ("The score of a task gave null", () => Fit(new TrainingTask(new MseLoss(), () => null!))),
            ("A callback of a training is null", () => Fit(TrainingTask.Regression, new TrainingOptions { Callbacks = [null!] })),
            ("returned null or nothing", () => Compiled.Step(net, optimizer, _ => (IReadOnlyList<Tensor>)[]).Run(x)),
            ("the model gives 1", () => Fit(new TrainingTask(new MseLoss(), () => new OutputMetric(new RSquared(), 3, "y")))),
        ];
        foreach ((string named, Action act) in cases)
        {
            Exception error = Assert.ThrowsAny<Exception>(act);
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }

        void Fit(TrainingTask task, TrainingOptions? options = null) =>
            Trainer.Fit(net, task, optimizer, loader, null, options ?? new TrainingOptions { Epochs = 1 });
    }
}
