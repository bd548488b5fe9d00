using Hebb.Kernels;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>
/// The workloads by name, the same networks, sizes and updates as on the peers' side: each training step runs forward, loss, backward and
/// update on the next of 16 fixed batches; names that end in _infer run forward only, in evaluation mode and without gradients.
/// The peers have no side of 'table_row_infer', which begins with values of columns and not with a tensor.
/// </summary>
internal static class Workloads
{
    private const int Batches = 16, Words = 18_000;

    private static readonly Dictionary<string, Func<bool, Workload>> Builders =
        Networks().Concat(Products()).ToDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = [.. Builders.Keys];

    /// <summary>Builds a workload; null if there is none of that name.</summary>
    public static Workload? Build(string name, bool isCompiled) =>
        Builders.TryGetValue(name, out Func<bool, Workload>? build) ? build(isCompiled) : null;

    private static IEnumerable<KeyValuePair<string, Func<bool, Workload>>> Networks()
    {
        static KeyValuePair<string, Func<bool, Workload>> Train(
            string name, int items, Func<Module> model, Func<int, Rng, Tensor[]> sample, Func<Tensor, Tensor, Tensor> loss,
            Func<Module, Optimizer> optimizer) =>
            new(name, isCompiled =>
            {
                Module built = model();
                return TrainingStep(name, items, built, sample, batch => [loss(built.Forward(batch[0]), batch[1])], optimizer, isCompiled);
            });
        static KeyValuePair<string, Func<bool, Workload>> Infer(string name, int items, Func<Module> model, Func<Rng, Tensor> sample) =>
            new(name, isCompiled => Inference(name, items, model(), sample, isCompiled));
        static Func<Rng, Tensor> Images(Shape shape) => rng => Tensor.Uniform(shape, rng);

        Func<Tensor, Tensor, Tensor> classes = new CrossEntropyLoss().Forward;
        yield return Train("xor_sgd", 4, XorNet, (_, _) => Xor(), new BceLoss().Forward, model => new Optimizer(model, new Sgd(), 0.5));
        yield return Train("mlp_b1_sgd", 1, Mlp, Labeled([1, 784]), classes, Nesterov);
        yield return Train("mlp_b128_adam", 128, Mlp, Labeled([128, 784]), classes, Adam);
        yield return Train("deep_tanh_b64_adam", 64, DeepTanh, Labeled([64, 64]), classes, Adam);
        yield return Train("lenet_b64_sgdm", 64, LeNet, Labeled([64, 1, 28, 28]), classes, Nesterov);
        yield return Train("vgg_small_b32_adam", 32, VggSmall, Labeled([32, 3, 32, 32]), classes, Adam);
        yield return Train("resnet14_b32_sgdm", 32, ResNet, Labeled([32, 3, 32, 32]), classes, Nesterov);
        yield return Train("mobilenet_b32_sgdm", 32, MobileNet, Labeled([32, 3, 96, 96]), classes, Nesterov);
        yield return Train("mlp_mixer_b32_adam", 32, () => new MlpMixer(), Labeled([32, 3, 32, 32]), classes, Adam);
        yield return new("vae_b128_adam", isCompiled =>
        {
            Vae vae = new();
            return TrainingStep("vae_b128_adam", 128, vae, Unlabeled([128, 784]), batch => [vae.Loss(batch[0])], Adam, isCompiled);
        });
        yield return Train("text_cnn_b64_adam", 64, () => new TextCnn(Words, 2), Texts(64, 47), classes, Adam);
        yield return Train("lstm_charlm_b32_t64", 32 * 64, SequenceNets.CharLstm,
            SequenceNets.Tokens(65, 65, 32, 64), SequenceNets.Loss, Adam);
        yield return Train("gru_charlm_b32_t64", 32 * 64, SequenceNets.CharGru,
            SequenceNets.Tokens(65, 65, 32, 64), SequenceNets.Loss, Adam);
        yield return Train("rnn_charlm_b32_t64", 32 * 64, SequenceNets.CharRnn,
            SequenceNets.Tokens(65, 65, 32, 64), SequenceNets.Loss, Adam);
        yield return Train("bilstm_tagger_b32_t40", 32 * 40, SequenceNets.Tagger,
            SequenceNets.Tokens(5000, 17, 32, 40), SequenceNets.Loss, Adam);
        yield return new(RowWorkload.Name, RowWorkload.Build);
        yield return Infer("mlp_b1_infer", 1, Mlp, Images([1, 784]));
        yield return Infer("lenet_b1_infer", 1, LeNet, Images([1, 1, 28, 28]));
        yield return Infer("lenet_b256_infer", 256, LeNet, Images([256, 1, 28, 28]));
        yield return Infer(
            "lstm_charlm_b1_t64_infer", 64, SequenceNets.CharLstm, rng => Tensor.RandomIntegers([1, 64], rng, 0, 65));
        yield return Infer("resnet14_b1_infer", 1, ResNet, Images([1, 3, 32, 32]));
        yield return Infer("mobilenet_b1_infer", 1, MobileNet, Images([1, 3, 96, 96]));
        yield return Infer("imagenet_table_b1_infer", 1, ImageNetTable, Images([1, 3, 224, 224]));
    }

    private static IEnumerable<KeyValuePair<string, Func<bool, Workload>>> Products()
    {
        foreach (int n in (int[])[256, 512, 1024, 2048])
        {
            yield return new($"gemm_f32_{n}", _ => Product<float>($"gemm_f32_{n}", n, DType.Float32));
            yield return new($"gemm_f64_{n}", _ => Product<double>($"gemm_f64_{n}", n, DType.Float64));
        }
    }

    private static Workload Product<T>(string name, int n, DType type) where T : unmanaged
    {
        Rng rng = new(0);
        T[] Random() => Tensor.Uniform([n, n], rng).Cast(type).ToArray<T>();
        T[] a = Random(), b = Random(), c = new T[n * n];
        return new Workload(name, 1, () => Gemm.Run<T>(n, n, n, a, n, 1, b, n, 1, c, n)) { Flops = 2.0 * n * n * n };
    }

    private static Workload TrainingStep(
        string name, int items, Module model, Func<int, Rng, Tensor[]> sample, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> loss,
        Func<Module, Optimizer> make, bool isCompiled)
    {
        Rng rng = new(0);
        Tensor[][] batches = [.. Enumerable.Range(0, Batches).Select(i => sample(i, rng))];
        Optimizer optimizer = make(model);
        int turn = 0;
        if (isCompiled)
        {
            CompiledStep step = Compiled.Step(model, optimizer, loss);
            return new Workload(name, items, () => step.Run(batches[turn++ % Batches]))
            {
                Parameters = model.ParameterCount,
                Profile = steps => step.Profile(steps, batches[0]),
            };
        }
        return new Workload(name, items, () =>
        {
            Tensor[] batch = batches[turn++ % Batches];
            optimizer.ZeroGrad();
            loss(batch)[0].Backward();
            optimizer.Step();
        })
        { Parameters = model.ParameterCount };
    }

    private static Workload Inference(string name, int items, Module model, Func<Rng, Tensor> sample, bool isCompiled)
    {
        Rng rng = new(0);
        Tensor[] batches = [.. Enumerable.Range(0, Batches).Select(_ => sample(rng))];
        model.Eval();
        int turn = 0;
        if (isCompiled)
        {
            CompiledInference infer = Compiled.Infer(model);
            Tensor output = infer.Run(batches[0]);
            return new Workload(name, items, () => infer.Run(batches[turn++ % Batches], output))
            {
                Parameters = model.ParameterCount,
                Profile = steps => infer.Profile(steps, batches[0]),
            };
        }
        return new Workload(name, items, () =>
        {
            using (new NoGrad()) model.Forward(batches[turn++ % Batches]);
        })
        { Parameters = model.ParameterCount };
    }

    private static Func<int, Rng, Tensor[]> Labeled(Shape input) => (i, rng) =>
    {
        Tensor classes = Tensor.From<long>([.. Enumerable.Range(0, input[0]).Select(k => (long)((k * 7 + i * 3) % 10))], [input[0]]);
        return [Tensor.Uniform(input, rng), classes];
    };

    /// <summary>Texts of 5 to 36 random words, filled up with zeros, and their classes.</summary>
    private static Func<int, Rng, Tensor[]> Texts(int count, int length) => (i, rng) =>
    {
        Tensor lengths = Tensor.From<long>([.. Enumerable.Range(0, count).Select(k => 5L + (k * 11 + i * 3) % 32)], [count]);
        Tensor words = Tensor.Where(lengths.LengthMask(length), Tensor.RandomIntegers([count, length], rng, 1, Words), 0);
        return [words, Tensor.From<long>([.. Enumerable.Range(0, count).Select(k => (long)(k % 2))], [count])];
    };

    private static Func<int, Rng, Tensor[]> Unlabeled(Shape input) => (_, rng) => [Tensor.Uniform(input, rng)];

    private static Tensor[] Xor() =>
        [Tensor.From(new float[,] { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 } }), Tensor.From(new float[,] { { 0 }, { 1 }, { 1 }, { 0 } })];

    private static Optimizer Adam(Module model) => new(model, new Adam(), 1e-3);

    private static Optimizer Nesterov(Module model) => new(model, new Sgd(0.9) { IsNesterov = true }, 0.01);

    private static Sequential XorNet() => [new Linear(2, 4), new Tanh(), new Linear(4, 1), new Sigmoid()];

    private static Sequential Mlp() => [new Linear(784, 256), new Relu(), new Linear(256, 128), new Relu(), new Linear(128, 10)];

    private static Module LeNet() => ReadyModels.Build("lenet", [1, 28, 28], 10);

    private static Module VggSmall() => ReadyModels.Build("vgg-small", [3, 32, 32], 10);

    private static Module DeepTanh()
    {
        Sequential net = [];
        for (int i = 0; i < 20; i++)
        {
            net.Add(new Linear(64, 64));
            net.Add(new Tanh());
        }
        net.Add(new Linear(64, 10));
        return net;
    }

    /// <summary>Residual blocks of 16, 32 and 64 channels, two of each, with batch normalization (He et al., 2016).</summary>
    private static Module ResNet()
    {
        Sequential net = [new Conv2d(3, 16, 3, pad: 1, bias: false), new BatchNorm2d(16), new Relu()];
        int channels = 16;
        foreach (int filters in (int[])[16, 16, 32, 32, 64, 64])
        {
            int stride = filters == channels ? 1 : 2;
            Sequential body =
            [
                new Conv2d(channels, filters, 3, stride, pad: 1, bias: false), new BatchNorm2d(filters), new Relu(),
                new Conv2d(filters, filters, 3, pad: 1, bias: false), new BatchNorm2d(filters),
            ];
            Sequential? shortcut = stride == 1 ? null : [new Conv2d(channels, filters, 1, stride, bias: false), new BatchNorm2d(filters)];
            net.Add(new Residual(body, shortcut));
            net.Add(new Relu());
            channels = filters;
        }
        net.Add(new GlobalAvgPool());
        net.Add(new Linear(channels, 10));
        return net;
    }

    /// <summary>
    /// Convolutions that are separable into 3x3 for each channel by itself and 1x1 across channels, each with batch norm and ReLU6
    /// (Howard et al., MobileNets, 2017), for images of 96x96.
    /// </summary>
    private static Module MobileNet()
    {
        Sequential net = [];
        void Add(int inputs, int filters, int kernel, int stride, int groups)
        {
            net.Add(new Conv2d(inputs, filters, kernel, stride, pad: kernel / 2, groups: groups, bias: false));
            net.Add(new BatchNorm2d(filters));
            net.Add(new HardTanh(0, 6));
        }
        int channels = 16;
        Add(3, channels, kernel: 3, stride: 2, groups: 1);
        foreach ((int filters, int stride) in ((int, int)[])[(32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (256, 1)])
        {
            Add(channels, channels, kernel: 3, stride, groups: channels);
            Add(channels, filters, kernel: 1, stride: 1, groups: 1);
            channels = filters;
        }
        net.Add(new GlobalAvgPool());
        net.Add(new Linear(channels, 10));
        return net;
    }

    /// <summary>Five 3x3 convolutions with 64 to 1024 filters, each with ReLU and pooling, and a dense layer of 1000 classes.</summary>
    private static Module ImageNetTable()
    {
        Sequential net = [];
        int channels = 3;
        foreach (int filters in (int[])[64, 128, 256, 512, 1024])
        {
            net.Add(new Conv2d(channels, filters, 3, pad: 1));
            net.Add(new Relu());
            net.Add(new MaxPool2d(2));
            channels = filters;
        }
        net.Add(new Flatten());
        net.Add(new Linear(7 * 7 * 1024, 1000));
        return net;
    }
}
