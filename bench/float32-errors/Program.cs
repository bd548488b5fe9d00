using Hebb;
using Hebb.Files;

// float32-errors FOLDER: computes every case of the folder in float32. A case is named by what is computed; its inputs are NAME.0.npy,
// NAME.1.npy, ... and NAME.dy.npy where gradients are wanted; the results are written to NAME.y.npy and NAME.d0.npy, NAME.d1.npy, ...
if (args.Length != 1 || !Directory.Exists(args[0]))
{
    Console.Error.WriteLine("One folder of arrays is needed, as bench/float32_errors.py makes it.");
    return 2;
}
foreach (string first in Directory.EnumerateFiles(args[0], "*.0.npy").Order(StringComparer.Ordinal))
{
    string name = Path.GetFileName(first)[..^".0.npy".Length];
    List<Tensor> inputs = [];
    for (int i = 0; File.Exists(Named($"{i}")); i++) inputs.Add(Npy.Read(Named($"{i}")).ToTensor());
    bool hasGradients = File.Exists(Named("dy"));
    Tensor[] tracked = [.. inputs.Select(input => hasGradients && input.DType.IsFloat ? input.Track() : input)];
    Tensor y = Compute(name, tracked);
    Npy.Write(Named("y"), TensorArrays.From(y));
    if (!hasGradients) continue;
    Tensor[] sources = [.. tracked.Where(input => input.DType.IsFloat)];
    Tensor[] gradients = Gradient.Of(y, sources, Npy.Read(Named("dy")).ToTensor());
    for (int i = 0; i < gradients.Length; i++) Npy.Write(Named($"d{i}"), TensorArrays.From(gradients[i]));

    string Named(string part) => Path.Combine(args[0], $"{name}.{part}.npy");
}
return 0;

static Tensor Compute(string name, Tensor[] x) => name.Split(' ')[0] switch
{
    "matmul" => x[0].MatMul(x[1]),
    "convolution" => x[0].Conv2d(x[1], null, ConvWindow.Square(stride: name.Contains("stride 2") ? 2 : 1, pad: x[1].Shape[2] / 2)),
    "depthwise" => x[0].Conv2d(x[1], null, ConvWindow.Square(pad: x[1].Shape[2] / 2, groups: x[0].Shape[1])),
    "batchnorm" => x[0].BatchNormalize(x[1], x[2]).Y,
    "layernorm" => x[0].LayerNormalize(x[1], x[2]),
    "groupnorm" => x[0].GroupNormalize(8, x[1], x[2]),
    "softmax" => x[0].Softmax(),
    "logsoftmax" => x[0].LogSoftmax(),
    "sum" => name.Contains("rows") ? x[0].Sum(0) : x[0].Sum(),
    "mean" => x[0].Mean(),
    "variance" => x[0].Variance(),
    "logsumexp" => x[0].LogSumExp(),
    "norm" => x[0].Norm(name.EndsWith('1') ? 1 : name.EndsWith('3') ? 3 : 2),
    "cumsum" => x[0].CumulativeSum(),
    "embedding" => x[0].Take(x[1]),
    "gelu" => x[0].Gelu(),
    "silu" => x[0].Silu(),
    "tanh" => x[0].Tanh(),
    "sigmoid" => x[0].Sigmoid(),
    "softplus" => x[0].Softplus(),
    "logsigmoid" => x[0].LogSigmoid(),
    "elu" => x[0].Elu(),
    "mish" => x[0] * x[0].Softplus().Tanh(),
    "hardsigmoid" => new Hebb.Layers.HardSigmoid().Forward(x[0]),
    "hardswish" => new Hebb.Layers.HardSwish().Forward(x[0]),
    "softsign" => x[0].Softsign(),
    "exp" => x[0].Exp(),
    "erf" => x[0].Erf(),
    _ => throw new ArgumentException($"There is no case '{name}' here; add it to both sides."),
};
