namespace Hebb.Tests.Registry;

using Hebb.Layers;
using Hebb.Tests.Reference;

/// <summary>How a layer is built from the attributes of a reference case.</summary>
internal static class LayerReferences
{
    private static readonly Dictionary<string, Func<ReferenceCase, Module>> s_layers = new()
    {
        ["Relu"] = _ => new Relu(),
        ["LeakyRelu"] = item => new LeakyRelu(item.Number("negative_slope")),
        ["PRelu"] = item => new PRelu(item.Int("num_parameters")),
        ["Elu"] = item => new Elu(item.Number("alpha")),
        ["Sigmoid"] = _ => new Sigmoid(),
        ["Tanh"] = _ => new Tanh(),
        ["Atan"] = _ => new Atan(),
        ["Gelu"] = item => new Gelu(item.Text("approximate") == "tanh"),
        ["Silu"] = _ => new Silu(),
        ["Softplus"] = item => new Softplus(item.Number("beta")),
        ["Softmax"] = item => new Softmax(item.Int("axis")),
        ["LogSoftmax"] = item => new LogSoftmax(item.Int("axis")),
        ["Flatten"] = item => new Flatten(item.Int("start_axis")),
        ["Linear"] = item => new Linear(item.Inputs["weight"].Shape[1], item.Inputs["weight"].Shape[0], item.Flag("bias")),
        ["Conv2d"] = Convolution,
        ["Conv1d"] = item => new Conv1d(
            item.Inputs["input"].Shape[1], item.Inputs["weight"].Shape[0], item.Int("kernel_size"), item.Int("stride"), item.Int("padding"),
                item.Int("dilation"), item.Int("groups"), item.Flag("bias")),
        ["Conv3d"] = item => new Conv3d(
            item.Inputs["input"].Shape[1], item.Inputs["weight"].Shape[0], item.Int("kernel_size"), item.Int("stride"), item.Int("padding"),
                item.Int("dilation"), item.Int("groups"), item.Flag("bias")),
        ["ConvTranspose1d"] = item => new ConvTranspose1d(
            item.Inputs["input"].Shape[1], item.Inputs["weight"].Shape[1] * item.Int("groups"), item.Int("kernel_size"), item.Int("stride"),
                item.Int("padding"), item.Int("dilation"), Extra(item),
            item.Int("groups"), item.Flag("bias")),
        ["ConvTranspose2d"] = item => new ConvTranspose2d(
            item.Inputs["input"].Shape[1], item.Inputs["weight"].Shape[1] * item.Int("groups"), item.Int("kernel_size"), item.Int("stride"),
                item.Int("padding"), item.Int("dilation"), Extra(item),
            item.Int("groups"), item.Flag("bias")),
        ["ConvTranspose3d"] = item => new ConvTranspose3d(
            item.Inputs["input"].Shape[1], item.Inputs["weight"].Shape[1] * item.Int("groups"), item.Int("kernel_size"), item.Int("stride"),
                item.Int("padding"), item.Int("dilation"), Extra(item),
            item.Int("groups"), item.Flag("bias")),
        ["MaxPool2d"] = item => new MaxPool2d(Window(item)),
        ["AvgPool2d"] = item => new AvgPool2d(Window(item), item.Flag("count_include_pad")),
        ["Selu"] = _ => new Selu(),
        ["Mish"] = _ => new Mish(),
        ["Softsign"] = _ => new Softsign(),
        ["LogSigmoid"] = _ => new LogSigmoid(),
        ["HardSigmoid"] = _ => new HardSigmoid(),
        ["HardSwish"] = _ => new HardSwish(),
        ["HardTanh"] = item => new HardTanh(item.Number("low"), item.Number("high")),
        ["NormPool2d"] = item => new NormPool2d(Window(item)),
        ["MaxPool1d"] = item => new MaxPool1d(item.Int("kernel_size"), item.Int("stride"), item.Int("padding")),
        ["AvgPool1d"] = item =>
            new AvgPool1d(item.Int("kernel_size"), item.Int("stride"), item.Int("padding"), item.Flag("count_include_pad")),
        ["MaxPool3d"] = item => new MaxPool3d(item.Int("kernel_size"), item.Int("stride"), item.Int("padding")),
        ["AvgPool3d"] = item =>
            new AvgPool3d(item.Int("kernel_size"), item.Int("stride"), item.Int("padding"), item.Flag("count_include_pad")),
        ["AdaptiveMaxPool2d"] = item => new AdaptiveMaxPool2d(item.Ints("output_size")[0], item.Ints("output_size")[1]),
        ["AdaptiveAvgPool2d"] = item => new AdaptiveAvgPool2d(item.Ints("output_size")[0], item.Ints("output_size")[1]),
        ["LayerNorm"] = item => new LayerNorm(new Shape(item.Ints("shape")), item.Number("eps"), item.Flag("affine")),
        ["GroupNorm"] = item => new GroupNorm(item.Int("groups"), Channels(item), item.Number("eps"), item.Flag("affine")),
        ["InstanceNorm"] = item => new InstanceNorm(Channels(item), item.Number("eps"), item.Flag("affine")),
        ["Embedding"] = item =>
            new Embedding(item.Inputs["weight"].Shape[0], item.Inputs["weight"].Shape[1], item.Has("padding") ? item.Int("padding") : null),
        ["BatchNorm1d"] = item => new BatchNorm1d(Channels(item), item.Number("momentum"), item.Number("eps"), item.Flag("affine")),
        ["BatchNorm3d"] = item => new BatchNorm3d(Channels(item), item.Number("momentum"), item.Number("eps"), item.Flag("affine")),
        ["BatchNorm2d"] = item => new BatchNorm2d(Channels(item), item.Number("momentum"), item.Number("eps"), item.Flag("affine")),
    };

    /// <summary>The cases of the layers that exist, by file and name.</summary>
    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (string file in (string[])["activations", "layers"])
            {
                foreach (ReferenceCase item in ReferenceFile.Load(file).Cases.Where(item => s_layers.ContainsKey(item.Op))) names.Add(
                    file, item.Name);
            }
            return names;
        }
    }

    /// <summary>The layer with the parameters of the case.</summary>
    public static Module Make(ReferenceCase item, DType dtype)
    {
        Module layer = s_layers[item.Op](item).To(dtype);
        Dictionary<string, Tensor> state = item.Inputs.Where(input => !input.Key.StartsWith("input", StringComparison.Ordinal))
            .ToDictionary(input => input.Key, input => Tensor.From(input.Value.Doubles, new Shape(input.Value.Shape)));
        LoadReport report = layer.LoadStateDict(state, strict: false);
        Assert.Empty(report.Unexpected);
        Assert.Empty(report.Mismatched);
        Assert.DoesNotContain(report.Missing, name => layer.NamedParameters().Any(parameter => parameter.Name == name));
        if (item.Has("training") && !item.Flag("training")) layer.Eval();
        return layer;
    }

    private static Conv2d Convolution(ReferenceCase item)
    {
        int[] stride = item.Ints("stride"), padding = item.Ints("padding"), dilation = item.Ints("dilation"),
            kernel = item.Ints("kernel_size");
        ConvWindow window = new(stride[0], stride[1], padding[0], padding[1], dilation[0], dilation[1], item.Int("groups"));
        return new Conv2d(item.Inputs["input"].Shape[1], item.Inputs["weight"].Shape[0], (kernel[0], kernel[1]), window, item.Flag("bias"))
        {
            PadMode = !item.Has("mode") ? PadMode.Constant : item.Text(
                "mode") switch
            { "reflect" => PadMode.Reflect, "circular" => PadMode.Circular, _ => PadMode.Edge },
        };
    }

    private static int Extra(ReferenceCase item) => item.Has("output_padding") ? item.Int("output_padding") : 0;

    private static PoolWindow Window(ReferenceCase item)
    {
        int[] kernel = item.Ints("kernel_size"), stride = item.Ints("stride"), padding = item.Ints("padding");
        return new PoolWindow(kernel[0], kernel[1], stride[0], stride[1], padding[0], padding[1]);
    }

    private static int Channels(ReferenceCase item) =>
        item.Inputs.First(pair => pair.Key.StartsWith("input", StringComparison.Ordinal)).Value.Shape[1];
}
