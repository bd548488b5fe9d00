namespace Hebb.Tests.Losses;

using Hebb.Layers;
using Hebb.Losses;

public class SequenceLossTests
{
    [Fact]
    public void StepsAreWeighedAndMasked()
    {
        SequenceLoss loss = new(new MseLoss { Reduction = Reduction.None }, Tensor.From<double>(1, 10, 100));
        Tensor output = Tensor.From<double>([1, 2, 3, 0, 1, 2], [2, 3]), target = Tensor.Zeros([2, 3], DType.Float64);
        Assert.Equal((1 + 40 + 900 + 0 + 10 + 400) / 2.0, loss.Forward(output, target).Item(), 1e-12);
        Tensor mask = Tensor.From([true, true, false, true, false, false], [2, 3]);
        Assert.Equal(41 / 2.0, loss.Forward(new MaskedTensor(output, mask), target).Item(), 1e-12);
    }

    [Fact]
    public void ClassesOfStepsAreSummedToo()
    {
        Tensor scores = Tensor.Zeros([2, 4, 3]), classes = Tensor.Zeros([2, 3], DType.Int64);
        Assert.Equal(3 * Math.Log(4), new SequenceLoss(new CrossEntropyLoss { Reduction = Reduction.None }).Forward(scores, classes).Item(),
            1e-6);
    }

    [Fact]
    public void ThingsThatDoNotFitAreRefused()
    {
        Assert.Contains(
            "Reduction.None", Assert.Throws<ArgumentException>(() => new SequenceLoss(new MseLoss())).Message, StringComparison.Ordinal);
        SequenceLoss loss = new(new MseLoss { Reduction = Reduction.None }, Tensor.Ones([2]));
        Assert.Throws<ShapeException>(() => loss.Forward(Tensor.Zeros([2, 3]), Tensor.Zeros([2, 3])));
        Assert.Throws<ShapeException>(() => loss.Forward(Tensor.Zeros([2]), Tensor.Zeros([2])));
        Assert.Throws<ShapeException>(
            () => loss.Forward(new MaskedTensor(Tensor.Zeros([1, 2]), Tensor.Zeros([1, 3], DType.Bool)), Tensor.Zeros([1, 2])));
    }
}
