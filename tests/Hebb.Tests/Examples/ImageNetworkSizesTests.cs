using Hebb.Diagnostics;
using Hebb.Layers;

namespace Hebb.Tests.Examples;

/// <summary>Shapes, parameters, receptive fields and arithmetic of image networks, counted by hand; nothing is computed.</summary>
public class ImageNetworkSizesTests
{
    private static LayerSummary[] Layers(Module net, Shape input) => [.. ModelSummary.Of(net, input).Layers];

    [Theory]
    [InlineData(3, 1, 336)]
    [InlineData(5, 2, 912)]
    public void ASmallNetworkForImagesOf32By32(int kernel, int pad, int parameters)
    {
        LayerSummary[] layers = Layers(
            new Sequential(new Conv2d(3, 12, kernel, pad: pad), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(10)), [3, 32, 32]);
        Assert.Equal([1, 12, 32, 32], layers[0].Output);
        Assert.Equal(parameters, layers[0].Parameters);
        Assert.Equal([1, 12, 16, 16], layers[2].Output);
        Assert.Equal([1, 10], layers[^1].Output);
        Assert.Equal(30730, layers[^1].Parameters);
    }

    [Fact]
    public void SharingWeightsOverAnImageSavesAFactorOfItsPositions()
    {
        LayerSummary shared = Assert.Single(Layers(new Conv2d(3, 96, 11, stride: 4), [3, 227, 227]));
        Assert.Equal([1, 96, 55, 55], shared.Output);
        Assert.Equal(34944, shared.Parameters);
        Assert.Equal(105_705_600, new LocallyConnected2d(3, 96, (227, 227), 11, stride: 4).ParameterCount);
        Assert.Equal(105_705_600, shared.Output.Count * (shared.Parameters / 96));
    }

    /// <summary>
    /// Five blocks of a 3x3 convolution and a pooling, and one dense layer; the number of inputs of each layer is left open.
    /// </summary>
    private static Sequential ElevenLayers()
    {
        Sequential net = [];
        foreach (int filters in (ReadOnlySpan<int>)[64, 128, 256, 512, 1024])
        {
            net.Add(new Conv2d(null, filters, 3, pad: 1));
            net.Add(new MaxPool2d(2));
        }
        net.Add(new Flatten());
        net.Add(new Linear(1000));
        return net;
    }

    [Fact]
    public void AnElevenLayerNetworkForPhotographs()
    {
        LayerSummary[] layers = Layers(ElevenLayers(), [3, 224, 224]);
        int[] sizes = [224, 112, 112, 56, 56, 28, 28, 14, 14, 7], filters = [64, 64, 128, 128, 256, 256, 512, 512, 1024, 1024];
        for (int i = 0; i < sizes.Length; i++) Assert.Equal([1, filters[i], sizes[i], sizes[i]], layers[i].Output);
        Assert.Equal([1, 7 * 7 * 1024], layers[10].Output);
        Assert.Equal([1, 1000], layers[11].Output);
        Assert.Equal([1792, 0, 73856, 0, 295168, 0, 1180160, 0, 4719616, 0, 0, 50177000], layers.Select(layer => layer.Parameters));
        Assert.Equal(56_447_592, layers.Sum(layer => layer.Parameters));
    }

    [Fact]
    public void EachWindowWidensTheReceptiveField() =>
        Assert.Equal([3, 4, 8, 10, 18, 22, 38, 46, 78, 94, 0, 0],
            Layers(ElevenLayers(), [3, 224, 224]).Select(layer => layer.ReceptiveField));

    [Fact]
    public void MultiplyAddsOfTheElevenLayerNetwork()
    {
        LayerSummary[] layers = Layers(ElevenLayers(), [3, 224, 224]);
        Assert.Equal(2 * 86_704_128.0, layers[0].Flops);
        Assert.All(new[] { 2, 4, 6, 8 }, i => Assert.Equal(2 * 924_844_032.0, layers[i].Flops));
        Assert.Equal(2 * 50_176_000.0, layers[11].Flops);
        Assert.Equal(2 * 3_836_256_256.0, layers.Where(layer => layer.Parameters > 0).Sum(layer => layer.Flops));
    }

    [Theory]
    [InlineData(3, 7, 110592, 200704)]
    [InlineData(2, 5, 73728, 102400)]
    public void SmallFiltersSeeAsMuchWithFewerWeights(int small, int large, long few, long many)
    {
        Sequential stack = [.. Enumerable.Range(0, small).Select(_ => new Conv2d(64, 64, 3, bias: false))];
        LayerSummary[] layers = Layers(stack, [64, 9, 9]), one = Layers(new Conv2d(64, 64, large, bias: false), [64, 9, 9]);
        Assert.Equal(one[0].ReceptiveField, layers[^1].ReceptiveField);
        Assert.Equal(one[0].Output, layers[^1].Output);
        Assert.Equal((few, many), (layers.Sum(layer => layer.Parameters), one[0].Parameters));
    }

    [Fact]
    public void NoMemoryIsAllocatedForActivationsOrWeights()
    {
        Layers(ElevenLayers(), [3, 224, 224]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Layers(ElevenLayers(), [3, 224, 224]);
        // The first result alone would take 12.8 MB, the weights 226 MB.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 1_000_000);
    }
}
