using Hebb.Tests.Reference;
using Hebb.Tests.Registry;

namespace Hebb.Tests.Ops.Loss;

public class SoftmaxCrossEntropyTests
{
    public static TheoryData<string> Softmaxes => ReferenceFile.Names("activations", "Softmax", "LogSoftmax");

    [Theory, MemberData(nameof(Softmaxes))]
    public void SoftmaxAgreesWithReferenceValues(string name)
    {
        ReferenceCase item = ReferenceFile.Case("activations", name);
        Tensor x = Of(item.Inputs["input"]).Track();
        Check(item, item.Op == "Softmax" ? x.Softmax(item.Int("axis")) : x.LogSoftmax(item.Int("axis")), x);
    }

    [Fact]
    public void HugeScoresGiveFiniteLosses()
    {
        Tensor x = Tensor.From<double>(1e300, 0, -1e300).Track();
        Tensor loss = x.SoftmaxCrossEntropy(Tensor.Scalar(0L), axis: 0);
        Assert.Equal(0, loss.Item());
        loss.Backward();
        Assert.Equal([0.0, 0, 0], x.Grad!.ToArray<double>());
        Assert.Equal([0, 1000.0, 0, 1000], Tensor.From<double>(1000, 1000, -1000, -1000).BceWithLogits(Tensor.From<double>(1, 0, 0, 1))
            .ToArray<double>());
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedInASentence()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        Assert.Contains(
            "class numbers int64[2]", Assert.Throws<ShapeException>(() => x.SoftmaxCrossEntropy(Tensor.Zeros([3], DType.Int64)))
            .Message, StringComparison.Ordinal);
        Assert.Contains(
            "probabilities float32[2, 3]", Assert.Throws<ShapeException>(() => x.SoftmaxCrossEntropy(Tensor.Zeros([2, 3], DType.Float64)))
            .Message, StringComparison.Ordinal);
        Assert.Contains(
            "class 3; classes are 0 to 2.", Assert.Throws<ArgumentException>(() => x.SoftmaxCrossEntropy(Tensor.From<long>(0, 3))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "class -1", Assert.Throws<ArgumentException>(() => x.SoftmaxCrossEntropy(Tensor.From<long>(0, -1))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "or -1 for none", Assert.Throws<ArgumentException>(() => x.SoftmaxCrossEntropy(Tensor.From<long>(0, 7), ignored: -1)).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "floating-point", Assert.Throws<ShapeException>(() => Tensor.Zeros([2], DType.Int64).Softmax()).Message,
            StringComparison.Ordinal);
    }

    private static void Check(ReferenceCase item, Tensor y, params Tensor[] inputs)
    {
        item.Outputs["output"].AssertNear(NumberArray.Of(y).Values, 1e-13);
        if (item.Gradients.Count == 0) return;
        Tensor[] gradients = Gradient.Of(y, inputs, Of(item.Upstream["output"]));
        if (item.Gradients.TryGetValue("input", out ReferenceArray? first)) first.AssertNear(gradients[0].ToArray<double>(), 1e-13);
        if (item.Gradients.TryGetValue("target", out ReferenceArray? second)) second.AssertNear(gradients[1].ToArray<double>(), 1e-13);
    }

    private static Tensor Of(ReferenceArray array)
    {
        Shape shape = new((ReadOnlySpan<int>)array.Shape);
        return array.DType == "int64" ? Tensor.From(array.Longs(), shape) : Tensor.From(array.Doubles, shape);
    }
}
