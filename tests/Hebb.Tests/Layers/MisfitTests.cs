using Hebb.Layers;

namespace Hebb.Tests.Layers;

/// <summary>What errors about inputs and files of other models advise.</summary>
public class MisfitTests
{
    private static string Message<TError>(Action act) where TError : Exception => Assert.Throws<TError>(act).Message;

    [Fact]
    public void ImagesBeforeADenseLayerAreToBeFlattened()
    {
        Sequential net = [new Conv2d(1, 2, 3), new Linear(2 * 4 * 4, 5)];
        Assert.Contains("put a Flatten before it", Message<ShapeException>(() => net.Forward(Tensor.Zeros([3, 1, 6, 6]))),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Flatten", Message<ShapeException>(() => net.Forward(Tensor.Zeros([3, 1, 7, 6]))), StringComparison.Ordinal);
    }

    [Fact]
    public void WholeNumbersAreToBeCast()
    {
        Tensor whole = Tensor.Zeros([2, 3], DType.Int64), wide = Tensor.Zeros([2, 3], DType.Float64);
        foreach (Module layer in (Module[])[new Linear(3, 2), new LayerNorm(3), new BatchNorm1d(3)])
        {
            string message = Message<ShapeException>(() => layer.Forward(whole));
            Assert.Contains("Cast(DType.Float32)", message, StringComparison.Ordinal);
            Assert.DoesNotContain("To(", message, StringComparison.Ordinal);
            Assert.Contains("To(DType.Float64)", Message<ShapeException>(() => layer.Forward(wide)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AnIndexBeyondATableNamesTheLayer() => Assert.Contains(
        "Embedding(5 → 2)", Message<ArgumentOutOfRangeException>(() => new Embedding(5, 2).Forward(Tensor.From<long>(5))),
        StringComparison.Ordinal);

    [Fact]
    public void AStateOfWhichNothingFitsIsNotToBeLoadedInParts()
    {
        Linear one = new(2, 3), other = new(4, 5), part = new(2, 3, bias: false);
        Assert.Contains("none of it fits", Message<ArgumentException>(() => one.LoadStateDict(other.StateDict())),
            StringComparison.Ordinal);
        Assert.Contains("strict: false copies what fits", Message<ArgumentException>(() => one.LoadStateDict(part.StateDict())),
            StringComparison.Ordinal);
    }
}
