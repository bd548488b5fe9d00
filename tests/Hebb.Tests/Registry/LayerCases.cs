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
        new("Identity", () => new Identity(), [3, 5]),
        new("Lambda(square)", () => new Lambda(x => x * x, "square"), [3, 5]),
        new("Flatten", () => new Flatten(), [2, 3, 4]) { Output = [2, 12], Misfit = [5] },
        new("Linear(5 → 4)", () => new Linear(5, 4), [3, 5]) { Output = [3, 4], Misfit = [3, 4] },
        new("Linear(5 → 4, no bias)", () => new Linear(5, 4, bias: false), [2, 3, 5]) { Output = [2, 3, 4], Misfit = [] },
        new("Linear(? → 2)", () => new Linear(2), [3, 5]) { Output = [3, 2], Misfit = [] },
        new("Maxout(5 → 3, 2 pieces)", () => new Maxout(5, 3, 2), [4, 5]) { Output = [4, 3], Misfit = [4, 3] },
        new("Maxout(? → 2, 3 pieces, no bias)", () => new Maxout(null, 2, 3, bias: false), [2, 2, 4]) { Output = [2, 2, 2], Misfit = [] },
        new("Conv2d(2 → 3, 3x3)", () => new Conv2d(2, 3, 3), [2, 2, 5, 4]) { Output = [2, 3, 3, 2], Misfit = [2, 3, 5, 4] },
        new("Conv2d(4 → 6, 3x2, stride 2x1, padding 1x0, dilation 1x2, 2 groups, no bias)",
            () => new Conv2d(4, 6, (3, 2), new ConvWindow(2, 1, 1, 0, 1, 2, 2), bias: false), [1, 4, 5, 6]) { Output = [1, 6, 3, 4], Misfit = [4, 5, 6] },
        new("Conv2d(? → 3, 1x1)", () => new Conv2d(null, 3, 1), [1, 2, 2, 2]) { Output = [1, 3, 2, 2], Misfit = [2, 2] },
        new("MaxPool2d(2x2)", () => new MaxPool2d(2), [2, 1, 4, 6]) { Output = [2, 1, 2, 3], Misfit = [4, 6] },
        new("MaxPool2d(3x3, stride 2, padding 1)", () => new MaxPool2d(3, 2, 1), [1, 2, 5, 5]) { Output = [1, 2, 3, 3], Misfit = [5] },
        new("AvgPool2d(2x2)", () => new AvgPool2d(2), [2, 1, 4, 6]) { Output = [2, 1, 2, 3], Misfit = [4, 6] },
        new("AvgPool2d(3x3, stride 2, padding 1, padding not counted)", () => new AvgPool2d(3, 2, 1, countsPadding: false), [1, 2, 5, 5]) { Output = [1, 2, 3, 3], Misfit = [5] },
        new("BatchNorm1d(3)", () => new BatchNorm1d(3), [4, 3]) { Misfit = [4, 2] },
        new("BatchNorm1d(2, not affine)", () => new BatchNorm1d(2, affine: false), [3, 2, 2]) { Misfit = [2] },
        new("BatchNorm2d(2)", () => new BatchNorm2d(2), [3, 2, 2, 2]) { Misfit = [3, 2] },
        new("Dropout(0.5)", () => new Dropout(), [4, 6]),
        new("Dropout(0.25, scales in evaluation, one mask a batch, exact fraction)",
            () => new Dropout(0.25) { ScalesInEvaluation = true, IsPerBatch = true, IsExactFraction = true }, [4, 8]) { Misfit = [] },
        new("Sequential", () => new Sequential(new Conv2d(1, 2, 2), new Tanh(), new Flatten(), new Linear(8, 3), new PRelu()), [2, 1, 3, 3]) { Output = [2, 3], Kinks = [0], Misfit = [3, 3] },
        new("ModuleList", () => new ModuleList<Module>(new PRelu(), new PRelu()), [1]) { IsCallable = false },
    ];

    public static TheoryData<string> Names => [.. All.Select(item => item.Prints)];

    public static LayerCase Of(string name) => All.Single(item => item.Prints == name);
}
