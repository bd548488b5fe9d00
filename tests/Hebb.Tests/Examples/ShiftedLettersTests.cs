using Hebb.Data;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Examples;

/// <summary>
/// Four letters of 6 x 6 in the middle of 14 x 14 pixels, some of which are flipped. A dense network and a convolution with a global
/// maximum both learn them; shown elsewhere, only the convolution knows them again.
/// </summary>
public class ShiftedLettersTests
{
    private static readonly float[] s_letters = Patterns.Letters().ToArray<float>();

    [Theory, InlineData(0), InlineData(1)]
    public void SharedWeightsCarryWhatWasLearnedToOtherPlaces(ulong seed)
    {
        Sequential dense = [new Flatten(), new Linear(196, 32), new Relu(), new Linear(32, 4)];
        Sequential shared = [new Conv2d(1, 16, 5), new Relu(), new GlobalMaxPool(), new Linear(16, 4)];
        Assert.Equal((6436, 484), (dense.ParameterCount, shared.ParameterCount));
        (Tensor x, Tensor t) = Draw(400, shift: 0, seed);
        (Tensor moved, Tensor classes) = Draw(400, shift: 4, seed + 100);
        foreach (Sequential net in (Sequential[])[dense, shared])
        {
            net.Initialize(seed);
            Train(net, x, t);
            Assert.InRange(Accuracy(net, x, t), 0.99, 1);
        }
        Assert.InRange(Accuracy(dense, moved, classes), 0.1, 0.4);
        Assert.InRange(Accuracy(shared, moved, classes), 0.85, 1);
    }

    private static void Train(Sequential net, Tensor x, Tensor t)
    {
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Adam(), 0.01), new CrossEntropyLoss().Forward);
        for (int epoch = 0; epoch < 60; epoch++)
        {
            for (int start = 0; start < 400; start += 50) step.Run(
                x.Narrow(0, start, 50).Contiguous(), t.Narrow(0, start, 50).Contiguous());
        }
    }

    private static double Accuracy(Module net, Tensor x, Tensor t)
    {
        using (new NoGrad()) return net.Forward(x).ArgMax(1).EqualTo(t).Cast(DType.Float32).Mean().Item();
    }

    /// <summary>Letters in turn, up to some pixels from the middle, with each pixel flipped with probability 0.02.</summary>
    private static (Tensor Images, Tensor Classes) Draw(int count, int shift, ulong seed)
    {
        Rng rng = new(seed, RngStreams.Data);
        float[] noise = Tensor.Uniform([count, 14 * 14], rng).ToArray<float>(), places = Tensor.Uniform([count, 2], rng).ToArray<float>();
        float[] pixels = new float[count * 14 * 14];
        for (int i = 0; i < count; i++)
        {
            (int top, int left) = (4 + Offset(places[2 * i]), 4 + Offset(places[2 * i + 1]));
            for (int k = 0; k < 36; k++) pixels[i * 196 + (top + k / 6) * 14 + left + k % 6] = s_letters[i % 4 * 36 + k];
            for (int k = 0; k < 196; k++)
            {
                if (noise[i * 196 + k] < 0.02f) pixels[i * 196 + k] = 1 - pixels[i * 196 + k];
            }
        }
        return (Tensor.From(pixels, [count, 1, 14, 14]), Tensor.From([.. Enumerable.Range(0, count).Select(i => i % 4L)], [count]));

        int Offset(float u) => (int)(u * (2 * shift + 1)) - shift;
    }
}
