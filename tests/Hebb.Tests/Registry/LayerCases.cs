namespace Hebb.Tests.Registry;

using Hebb.Layers;

/// <summary>Every layer, which <see cref="LayerSuiteTests"/> checks.</summary>
internal static class LayerCases
{
    public static IReadOnlyList<LayerCase> All { get; } =
    [
        new("Relu", () => new Relu(), [3, 5]) { Kinks = [0] },
        new("LeakyRelu(0.2)", () => new LeakyRelu(0.2), [3, 5]) { Kinks = [0] },
        new("PRelu", () => new PRelu(), [3, 5]) { Kinks = [0] },
        new("PRelu(4 channels)", () => new PRelu(4, start: 0.1), [2, 4, 3, 2]) { Kinks = [0], Misfit = [2, 3, 4] },
        new("Elu", () => new Elu(), [3, 5]) { Kinks = [0] },
        new("Elu(0.5)", () => new Elu(0.5), [7]) { Kinks = [0] },
        new("Sigmoid", () => new Sigmoid(), [3, 5]),
        new("Tanh", () => new Tanh(), [3, 5]),
        new("Atan", () => new Atan(), [3, 5]),
        new("Gelu", () => new Gelu(), [3, 5]),
        new("Gelu(tanh)", () => new Gelu(approximates: true), [3, 5]),
        new("Silu", () => new Silu(), [3, 5]),
        new("Softplus", () => new Softplus(), [3, 5]),
        new("Softplus(2)", () => new Softplus(2), [3, 5]),
        new("Softmax", () => new Softmax(), [3, 5]),
        new("LogSoftmax(axis -1)", () => new LogSoftmax(-1), [2, 3, 4]),
        new("Step", () => new Step(), [3, 5]) { Kinks = [0], HasGradient = false },
        new("Selu", () => new Selu(), [3, 5]) { Kinks = [0] },
        new("Mish", () => new Mish(), [3, 5]),
        new("Softsign", () => new Softsign(), [3, 5]) { Kinks = [0] },
        new("LogSigmoid", () => new LogSigmoid(), [3, 5]),
        new("HardSigmoid", () => new HardSigmoid(), [3, 5]),
        new("HardSwish", () => new HardSwish(), [3, 5]),
        new("HardTanh", () => new HardTanh(), [3, 5]) { Kinks = [-1, 1] },
        new("HardTanh(0 to 6)", () => new HardTanh(0, 6), [3, 5]) { Kinks = [0] },
        new("Identity", () => new Identity(), [3, 5]),
        new("Lambda(square)", () => new Lambda(x => x * x, "square"), [3, 5]),
        new("Flatten", () => new Flatten(), [2, 3, 4]) { Output = [2, 12], Misfit = [5] },
        new("Reshape(2x-1x3)", () => new Reshape(2, -1, 3), [2, 12]) { Output = [2, 2, 2, 3], Misfit = [2, 8] },
        new("Embedding(5 → 3)", () => new Embedding(5, 3), [2, 4]) { Output = [2, 4, 3], Classes = 5, Misfit = [2, 4] },
        new("EmbedColumns", () =>
            new EmbedColumns(4, (1, 5, 3), (3, 6, 2)), [3, 4]) { Output = [3, 7], Classes = 5, AreCodes = true, Misfit = [3, 5] },
        new("EmbedColumns", () =>
            new EmbedColumns(1, (0, 5, 3)), [3, 1]) { Note = "nothing else", Output = [3, 3], Classes = 5, AreCodes = true },
        new("Embedding(6 → 2, padding 0)", () => new Embedding(6, 2, padding: 0), [7]) { Output = [7, 2], Classes = 6 },
        new("LayerNorm(5)", () => new LayerNorm(5), [2, 3, 5]) { Misfit = [3, 4] },
        new("LayerNorm(3x4, not affine)", () => new LayerNorm([3, 4], affine: false), [2, 3, 4]) { Misfit = [4] },
        new("GroupNorm(4 in 2 groups)", () => new GroupNorm(2, 4), [2, 4, 3, 2]) { Misfit = [2, 3, 4] },
        new("InstanceNorm(2, not affine)", () => new InstanceNorm(2), [3, 2, 5]) { Misfit = [3, 2] },
        new("InstanceNorm(2)", () => new InstanceNorm(2, affine: true), [3, 2, 2, 3]) { Misfit = [3, 4, 2] },
        new("Linear(5 → 4)", () => new Linear(5, 4), [3, 5]) { Output = [3, 4], Misfit = [3, 4] },
        new("Linear(5 → 4, no bias)", () => new Linear(5, 4, bias: false), [2, 3, 5]) { Output = [2, 3, 4], Misfit = [] },
        new("Linear(? → 2)", () => new Linear(2), [3, 5]) { Output = [3, 2], Misfit = [] },
        new("PositionBias(2x1x3)", () => new PositionBias([2, 1, 3]), [4, 2, 5, 3]) { Misfit = [4, 2, 5, 2] },
        new("MaskedLinear(6 → 4, 8 connections)", () => MaskedLinear.Random(6, 4, 2), [3, 6]) { Output = [3, 4], Misfit = [3, 5] },
        new("MaskedLinear(6 → 3, 6 connections, no bias)", () =>
            MaskedLinear.Clusters(6, [[0, 5], [1], [2, 3, 4]], bias: false), [2, 6]) { Output = [2, 3], Misfit = [] },
        new("ClusterPool(5 → 2, Mean)", () => new ClusterPool([[0, 2, 4], [1, 3]]), [3, 5]) { Output = [3, 2], Misfit = [3, 4] },
        new("ClusterPool(5 → 2, Max)", () =>
            new ClusterPool([[4, 0], [1, 2, 3]], ClusterAggregate.Max), [2, 2, 5]) { Output = [2, 2, 2], Misfit = [] },
        new("ShapedLinear(2x3 → 4)", () => new ShapedLinear([2, 3], [4]), [3, 2, 3]) { Output = [3, 4], Misfit = [3, 6] },
        new("TiedLinear(4 → 3)", () => new TiedLinear(new Linear(3, 4)), [5, 4]) { Output = [5, 3], Misfit = [5, 3] },
        new("HierarchicalSoftmax(4 → 5, depth 3)", () => HierarchicalSoftmax.Balanced(4, 5), [3, 4]) { Output = [3, 5], Misfit = [3, 5] },
        new("HierarchicalSoftmax(4 → 4, depth 3)", () =>
            HierarchicalSoftmax.Huffman(4, [50, 1, 2, 10]), [3, 4]) { Output = [3, 4], Misfit = [4] },
        new("Maxout(5 → 3, 2 pieces)", () => new Maxout(5, 3, 2), [4, 5]) { Output = [4, 3], Misfit = [4, 3] },
        new("Maxout(? → 2, 3 pieces, no bias)", () => new Maxout(null, 2, 3, bias: false), [2, 2, 4]) { Output = [2, 2, 2], Misfit = [] },
        new("Conv2d(2 → 3, 3x3)", () => new Conv2d(2, 3, 3), [2, 2, 5, 4]) { Output = [2, 3, 3, 2], Misfit = [2, 3, 5, 4] },
        new("Conv2d(4 → 6, 3x2, stride 2x1, padding 1x0, dilation 1x2, 2 groups, no bias)",
            () => new Conv2d(4, 6, (3, 2), new ConvWindow(2, 1, 1, 0, 1, 2, 2), bias: false), [1, 4, 5, 6]) { Output = [1, 6, 3, 4],
                Misfit = [4, 5, 6] },
        new("Conv2d(? → 3, 1x1)", () => new Conv2d(null, 3, 1), [1, 2, 2, 2]) { Output = [1, 3, 2, 2], Misfit = [2, 2] },
        new("Conv2d(2 → 3, 3x3, padding 1, padded by Reflect, flipped, strict)",
            () => new Conv2d(2, 3, 3, pad: 1) { PadMode = PadMode.Reflect, IsFlipped = true, IsStrict = true },
                [2, 2, 5, 4]) { Output = [2, 3, 5, 4], Misfit = [2, 3, 5, 4] },
        new("Conv1d(2 → 3, 3)", () => new Conv1d(2, 3, 3), [2, 2, 7]) { Output = [2, 3, 5], Misfit = [2, 3, 7] },
        new("Conv1d(? → 4, 2, stride 2, padding 1, dilation 2, 2 groups, padded by Circular, flipped, no bias)",
            () => new Conv1d(null, 4, 2, 2, 1, 2, 2, bias: false) { PadMode = PadMode.Circular, IsFlipped = true },
                [2, 4, 7]) { Output = [2, 4, 4], Misfit = [2, 7] },
        new("Conv1dMax(2 → 3, 2)", () => new Conv1dMax(2, 3, 2), [2, 2, 5]) { Output = [2, 3], Misfit = [2, 3, 5] },
        new("Conv1dMax(? → 2, 3, no bias)", () =>
            new Conv1dMax(null, 2, 3, bias: false), [3, 4, 1]) { Output = [3, 2], Misfit = [3, 4, 0] },
        new("Conv3d(2 → 3, 2x2x2)", () => new Conv3d(2, 3, 2), [1, 2, 3, 3, 2]) { Output = [1, 3, 2, 2, 1], Misfit = [2, 3, 3, 2] },
        new("Conv3d(1 → 2, 2x2x2, padding 1)", () =>
            new Conv3d(1, 2, 2, pad: 1), [1, 1, 2, 3, 2]) { Output = [1, 2, 3, 4, 3], Misfit = [1, 3, 2] },
        new("Conv3d(2 → 2, 1x2x3, padding 1, padded by Edge)", () =>
            new Conv3d(2, 2, (1, 2, 3), pad: 1) { PadMode = PadMode.Edge }, [1, 2, 2, 2, 3])
        {
            Output = [1, 2, 4, 3, 3],
            Misfit = [1, 3, 2, 2, 3],
        },
        new("ConvTranspose2d(2 → 3, 3x3, stride 2, padding 1, extra 1)", () =>
            new ConvTranspose2d(2, 3, 3, 2, 1, extra: 1), [2, 2, 3, 2]) { Output = [2, 3, 6, 4], Misfit = [2, 3, 3, 2] },
        new("ConvTranspose1d(4 → 2, 2, dilation 2, 2 groups, no bias)", () =>
            new ConvTranspose1d(4, 2, 2, dilation: 2, groups: 2, bias: false), [2, 4, 5]) { Output = [2, 2, 7], Misfit = [4, 5] },
        new("ConvTranspose3d(2 → 1, 2x2x2, stride 2, padding 1, extra 1)", () =>
            new ConvTranspose3d(2, 1, 2, 2, 1, extra: 1), [1, 2, 2, 3, 2]) { Output = [1, 1, 3, 5, 3], Misfit = [1, 2, 2, 3] },
        new("LocallyConnected2d(2 → 3, 2x2 on 4x3, padding 1)", () =>
            new LocallyConnected2d(2, 3, (4, 3), 2, pad: 1), [2, 2, 4, 3]) { Output = [2, 3, 5, 4], Misfit = [2, 2, 3, 4] },
        new("MaxPool2d(2x2)", () => new MaxPool2d(2), [2, 1, 4, 6]) { Output = [2, 1, 2, 3], Misfit = [4, 6] },
        new("MaxPool2d(3x3, stride 2, padding 1)", () => new MaxPool2d(3, 2, 1), [1, 2, 5, 5]) { Output = [1, 2, 3, 3], Misfit = [5] },
        new("AvgPool2d(2x2)", () => new AvgPool2d(2), [2, 1, 4, 6]) { Output = [2, 1, 2, 3], Misfit = [4, 6] },
        new("AvgPool2d(3x3, stride 2, padding 1, padding not counted)", () =>
            new AvgPool2d(3, 2, 1, countsPadding: false), [1, 2, 5, 5]) { Output = [1, 2, 3, 3], Misfit = [5] },
        new("MaxPool1d(2)", () => new MaxPool1d(2), [2, 3, 6]) { Output = [2, 3, 3], Misfit = [4, 6] },
        new("MaxPool1d(3, stride 2, padding 1)", () => new MaxPool1d(3, 2, 1), [2, 1, 7]) { Output = [2, 1, 4], Misfit = [5] },
        new("AvgPool1d(2)", () => new AvgPool1d(2), [2, 3, 6]) { Output = [2, 3, 3], Misfit = [4, 6] },
        new("AvgPool1d(3, stride 2, padding 1, padding not counted)", () =>
            new AvgPool1d(3, 2, 1, countsPadding: false), [2, 1, 7]) { Output = [2, 1, 4], Misfit = [5] },
        new("MaxPool3d(2)", () => new MaxPool3d(2), [1, 2, 4, 2, 6]) { Output = [1, 2, 2, 1, 3], Misfit = [1, 4, 2, 6] },
        new("AvgPool3d(3, stride 2, padding 1)", () =>
            new AvgPool3d(3, 2, 1), [1, 1, 3, 4, 5]) { Output = [1, 1, 2, 2, 3], Misfit = [3, 4, 5] },
        new("AdaptiveMaxPool2d(2x3)", () => new AdaptiveMaxPool2d(2, 3), [2, 2, 5, 4]) { Output = [2, 2, 2, 3], Misfit = [2, 5, 4] },
        new("AdaptiveAvgPool2d(1x1)", () => new AdaptiveAvgPool2d(), [2, 2, 5, 4]) { Output = [2, 2, 1, 1], Misfit = [2, 5, 4] },
        new("AdaptiveAvgPool2d(2x3)", () => new AdaptiveAvgPool2d(2, 3), [2, 2, 5, 4]) { Output = [2, 2, 2, 3], Misfit = [2, 5, 4] },
        new("GlobalMaxPool", () => new GlobalMaxPool(), [2, 3, 4, 2]) { Output = [2, 3], Misfit = [2, 3] },
        new("GlobalAvgPool", () => new GlobalAvgPool(), [2, 3, 5]) { Output = [2, 3], Misfit = [2, 3] },
        new("NormPool2d(2x2, L2)", () => new NormPool2d(2), [2, 1, 4, 6]) { Output = [2, 1, 2, 3], Kinks = [0], Misfit = [4, 6] },
        new("WindowPool2d(2x2, stride 1)", () => new WindowPool2d(PoolWindow.Square(2, 1), windows => windows.LogSumExp(-1)),
            [1, 2, 3, 4]) { Output = [1, 2, 2, 3], Misfit = [3, 4] },
        new("BatchNorm1d(3)", () => new BatchNorm1d(3), [4, 3]) { Misfit = [4, 2] },
        new("BatchNorm1d(2, not affine)", () => new BatchNorm1d(2, affine: false), [3, 2, 2]) { Misfit = [2] },
        new("BatchNorm3d(2)", () => new BatchNorm3d(2), [2, 2, 2, 1, 2]) { Misfit = [3, 2, 2, 2] },
        new("BatchNorm2d(2)", () => new BatchNorm2d(2), [3, 2, 2, 2]) { Misfit = [3, 2] },
        new("Dropout(0.5)", () => new Dropout(), [4, 6]),
        new("Dropout(0.25, scales in evaluation, one mask a batch, exact fraction)",
            () => new Dropout(0.25) { ScalesInEvaluation = true, IsPerBatch = true, IsExactFraction = true }, [4, 8]) { Misfit = [] },
        new("Dropout(0.5, whole channels)", () => new Dropout { IsPerChannel = true }, [2, 4, 3, 2]) { Misfit = [4] },
        new("GaussianNoise(0.1)", () => new GaussianNoise(), [4, 6]),
        new("Sequential", () => new Sequential(new Conv2d(1, 2, 2), new Tanh(), new Flatten(), new Linear(8, 3), new PRelu()),
            [2, 1, 3, 3]) { Output = [2, 3], Kinks = [0], Misfit = [3, 3] },
        new("Residual", () => new Residual([new Linear(4, 6), new Tanh(), new Linear(6, 4)]), [3, 4]),
        new("Residual", () => new Residual([new Conv2d(2, 3, 3, pad: 1), new Tanh()], new Conv2d(2, 3, 1)),
            [2, 2, 3, 3]) { Note = "shortcut", Output = [2, 3, 3, 3] },
        new("Concat", () => new Concat(new Identity(), new Conv2d(2, 3, 3, pad: 1), new Sequential(new Conv2d(2, 1, 1), new Tanh())),
            [2, 2, 3, 3]) { Output = [2, 6, 3, 3] },
        new("Concat", () => new Concat(-1, new Linear(4, 2), new Tanh()), [3, 4]) { Note = "last axis", Output = [3, 6] },
        new("Rnn(3 → 4)", () => new Rnn(3, 4), [2, 3, 3]) { Output = [2, 3, 4], Misfit = [2, 3, 2] },
        new("Rnn(? → 2, last step, relu)",
            () => new Rnn(null, 2, new() { Output = RecurrentOutput.LastStep }, RecurrentActivation.Relu), [3, 2, 5]) { Output = [3, 2] },
        new("Rnn(2 → 3, bidirectional by product, sigmoid)",
            () => new Rnn(2, 3, new() { IsBidirectional = true, Merge = DirectionMerge.Product }, RecurrentActivation.Sigmoid), [2, 3, 2])
        {
            Output = [2, 3, 3],
        },
        new("Lstm(3 → 4)", () => new Lstm(3, 4), [2, 3, 3]) { Output = [2, 3, 4], Misfit = [2, 3] },
        new("Lstm(2 → 6, 2 layers, bidirectional, learns first state)",
            () => new Lstm(2, 3, new() { Layers = 2, IsBidirectional = true, LearnsFirstState = true }), [2, 3, 2]) { Output = [2, 3, 6] },
        new("Lstm(2 → 3, bidirectional by sum, last step, no bias, TanhOfGated)",
            () => new Lstm(
                2, 3, new()
                {
                    IsBidirectional = true,
                    Merge = DirectionMerge.Sum,
                    Output = RecurrentOutput.LastStep,
                    HasBias = false,
                }, form: LstmOutput.TanhOfGated), [2, 2, 2]) { Output = [2, 3] },
        new("Gru(3 → 4)", () => new Gru(3, 4), [2, 3, 3]) { Output = [2, 3, 4], Misfit = [2, 0, 3] },
        new("Gru(2 → 3, 2 layers, dropout 0.25)",
            () => new Gru(2, 3, new() { Layers = 2, Dropout = 0.25 }), [2, 3, 2]) { Output = [2, 3, 3] },
        new("ModuleList", () => new ModuleList<Module>(new PRelu(), new PRelu()), [1]) { IsCallable = false },
    ];

    public static TheoryData<string> Names => [.. All.Select(item => item.Name)];

    public static LayerCase Of(string name) => All.Single(item => item.Name == name);
}
