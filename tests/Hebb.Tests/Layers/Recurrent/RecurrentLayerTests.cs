using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Layers.Recurrent;

/// <summary>What recurrent layers share, tried on each of them.</summary>
public class RecurrentLayerTests
{
    public static TheoryData<string> Kinds => ["rnn", "lstm", "gru"];

    private static RecurrentLayer Make(string kind, int? inputs, int units, RecurrentOptions? options = null) => kind switch
    {
        "rnn" => new Rnn(inputs, units, options),
        "lstm" => new Lstm(inputs, units, options),
        _ => new Gru(inputs, units, options),
    };

    private static Tensor Random(params int[] shape) => Tensor.Uniform(new Shape(shape), new Rng(5), -1, 1);

    [Theory, MemberData(nameof(Kinds))]
    public void StepsOneByOneGiveTheBitsOfTheWhole(string kind)
    {
        RecurrentLayer layer = Make(kind, 3, 40, new() { Layers = 2, LearnsFirstState = true });
        Tensor x = Random(2, 5, 3);
        (Tensor whole, RecurrentState last) = layer.Run(x);
        RecurrentState? state = null;
        for (int t = 0; t < 5; t++)
        {
            (Tensor y, state) = layer.Step(x.Narrow(1, t, 1).Reshape(2, 3), state);
            Assert.Equal(whole.Narrow(1, t, 1).Reshape(2, 40).Detach().ToArray<float>(), y.Detach().ToArray<float>());
        }
        Assert.Equal(last.H.Detach().ToArray<float>(), state!.H.Detach().ToArray<float>());
        Assert.Equal(last.C?.Detach().ToArray<float>(), state.C?.Detach().ToArray<float>());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void ASequenceHasTheBitsThatItHasAloneHoweverFarItIsPadded(string kind)
    {
        RecurrentLayer layer = Make(kind, 3, 36, new() { Layers = 2, IsBidirectional = true });
        Tensor x = Random(3, 6, 3);
        x[1, 2..].Fill(double.NaN); // padding is not read
        long[] lengths = [6, 2, 4];
        MaskedTensor y = layer.Forward(new MaskedTensor(x, Tensor.From(lengths).LengthMask(6)));
        for (int i = 0; i < 3; i++)
        {
            int length = (int)lengths[i];
            float[] alone = layer.Forward(x[i..(i + 1), ..length].Clone()).Detach().ToArray<float>();
            Assert.Equal(alone, y.Values[i..(i + 1), ..length].Detach().ToArray<float>());
            Assert.All(y.Values[i, length..].Detach().ToArray<float>(), number => Assert.Equal(0, number));
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void CompiledStepsTrainWithTheBitsOfEagerOnes(string kind)
    {
        // Large enough that the memory of zeros that stand for absent gradients comes from the pool.
        Tensor x = Random(9, 7, 5), target = Random(9, 7, 80);
        MseLoss loss = new();
        float[] Train(bool isCompiled)
        {
            RecurrentLayer layer = Make(kind, 5, 40, new() { Layers = 2, IsBidirectional = true, Dropout = 0.1 });
            layer.Initialize(3);
            Optimizer optimizer = new(layer, new Adam(), 0.01);
            CompiledStep? step = isCompiled
                ? Compiled.Step(layer, optimizer, batch => [loss.Forward(layer.Forward(batch[0]), batch[1])])
                : null;
            for (int i = 0; i < 4; i++)
            {
                if (step is not null)
                {
                    step.Run(x, target);
                    continue;
                }
                optimizer.ZeroGrad();
                loss.Forward(layer.Forward(x), target).Backward();
                optimizer.Step();
            }
            return [.. layer.Parameters().SelectMany(parameter => parameter.Detach().ToArray<float>())];
        }
        Assert.Equal(Train(isCompiled: false), Train(isCompiled: true));
    }

    [Fact]
    public void DirectionsAreJoinedAsAsked()
    {
        // n units a direction: 2n numbers side by side, n as sum or product.
        Tensor x = Random(2, 4, 3);
        RecurrentOptions both = new() { IsBidirectional = true };
        Lstm concat = new(3, 5, both), sum = new(3, 5, both with { Merge = DirectionMerge.Sum });
        Lstm product = new(3, 5, both with { Merge = DirectionMerge.Product });
        foreach (Lstm other in new[] { sum, product }) other.LoadStateDict(concat.StateDict());
        Tensor[] ways = concat.Forward(x).Chunk(2, 2);
        Assert.Equal([2, 4, 10], concat.Forward(x).Shape.AsSpan().ToArray());
        Assert.Equal((ways[0] + ways[1]).Detach().ToArray<float>(), sum.Forward(x).Detach().ToArray<float>());
        Assert.Equal((ways[0] * ways[1]).Detach().ToArray<float>(), product.Forward(x).Detach().ToArray<float>());
    }

    [Fact]
    public void TheLastStepJoinsTheLastStatesOfBothDirections()
    {
        Tensor x = Random(2, 4, 3), lengths = Tensor.From<long>(4, 2);
        Gru layer = new(3, 5, new() { IsBidirectional = true, Output = RecurrentOutput.LastStep });
        (Tensor y, RecurrentState last) = layer.Run(x, lengths: lengths);
        Assert.Equal([2, 10], y.Shape.AsSpan().ToArray());
        Assert.Equal(y[.., ..5].Detach().ToArray<float>(), last.H[0].Detach().ToArray<float>());
        Assert.Equal(y[.., 5..].Detach().ToArray<float>(), last.H[1].Detach().ToArray<float>());
    }

    [Theory]
    [InlineData("rnn", 1)]
    [InlineData("gru", 3)]
    [InlineData("lstm", 4)]
    public void ParametersAreAsManyAsTheFormulaSays(string kind, int gates)
    {
        // G n (n + m + 1) of n states and m inputs, and n more a gate for the second bias, as PyTorch stores it.
        const int N = 7, M = 5;
        Assert.Equal(gates * N * (N + M + 2), Make(kind, M, N).ParameterCount);
        Assert.Equal(gates * N * (N + M), Make(kind, M, N, new() { HasBias = false }).ParameterCount);
    }

    [Fact]
    public void ForgetGatesStartAsAsked()
    {
        Lstm layer = new(3, 4, forgetBias: 2.5);
        Dictionary<string, Parameter> parameters = layer.NamedParameters().ToDictionary();
        Assert.All(parameters["bias_ih_l0"][4..8].Detach().ToArray<float>(), bias => Assert.Equal(2.5f, bias));
        Assert.All(parameters["bias_hh_l0"][4..8].Detach().ToArray<float>(), bias => Assert.Equal(0, bias));
    }

    [Fact]
    public void WhatDoesNotFitIsRefused()
    {
        Lstm layer = new(3, 4), both = new(3, 4, new() { IsBidirectional = true });
        Tensor x = Random(2, 5, 3);
        void Refused<TError>(Action act, params string[] mentions) where TError : Exception
        {
            string message = Assert.Throws<TError>(act).Message;
            foreach (string mention in mentions) Assert.Contains(mention, message, StringComparison.Ordinal);
        }
        Refused<InvalidOperationException>(() => both.Step(Random(2, 3)), "Lstm(3 → 8, bidirectional)", "one step");
        Refused<ShapeException>(() => layer.Forward(Random(2, 5, 4)), "Lstm(3 → 4)", "[2, 5, 4]", "[N, T, 3]");
        Refused<ShapeException>(() => layer.Forward(Random(2, 0, 3)), "at least one step");
        Refused<ShapeException>(() => layer.Step(x), "[N, I]");
        Refused<ShapeException>(() => layer.Run(x, new(Random(1, 3, 4), Random(1, 2, 4))), "[1, 3, 4]", "[1, 2, 4]");
        Refused<ArgumentException>(() => layer.Run(x, new(Random(1, 2, 4))), "2 inputs", "h and c");
        Refused<ArgumentException>(() => layer.Run(x, lengths: Tensor.From<long>(5, 6)), "6");
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecurrentOptions { Layers = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecurrentOptions { Dropout = 1 });
    }
}
