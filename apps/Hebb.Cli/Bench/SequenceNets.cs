using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Cli;

/// <summary>The networks over sequences that workloads run: language models over 65 characters and a tagger of words.</summary>
internal static class SequenceNets
{
    private static readonly CrossEntropyLoss s_classes = new();

    public static Module CharLstm() => CharNet(new Lstm(64, 256, new() { Layers = 2 }));

    public static Module CharGru() => CharNet(new Gru(64, 256, new() { Layers = 2 }));

    public static Module CharRnn() => CharNet(new Rnn(64, 256, new() { Layers = 2 }));

    public static Sequential Tagger() =>
        [new Embedding(5000, 100), new Lstm(100, 128, new() { IsBidirectional = true }), new Linear(256, 17)];

    /// <summary>Random tokens [N, T] and a class for each.</summary>
    public static Func<int, Rng, Tensor[]> Tokens(int tokens, int classes, int rows, int steps) => (_, rng) =>
        [Tensor.RandomIntegers([rows, steps], rng, 0, tokens), Tensor.RandomIntegers([rows, steps], rng, 0, classes)];

    /// <summary>The mean cross-entropy of every step.</summary>
    public static Tensor Loss(Tensor output, Tensor target) =>
        s_classes.Forward(output.Reshape(-1, output.Shape[2]), target.Reshape(-1));

    private static Sequential CharNet(RecurrentLayer layers) => [new Embedding(65, 64), layers, new Linear(256, 65)];
}
