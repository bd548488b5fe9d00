using Hebb.Ops;
using Dims = Hebb.Kernels.Dims;

namespace Hebb.Tests.Sizes;

/// <summary>Shapes, views, slices, factories and ops take any numbers: they give a result or refuse in a sentence.</summary>
public class HostileTensorTests
{
    private static readonly Dictionary<string, Action<Draw>> s_calls = new()
    {
        ["Shape"] = d => Touch(Tensor.Zeros(d.Shape())),
        ["Shape.With"] = d => _ = d.Shape().With(d.Any(), d.Size()),
        ["Shape.Insert"] = d => _ = d.Shape().Insert(d.Any(), d.Size()),
        ["Shape.Without"] = d => _ = d.Shape().Without(d.Any()),
        ["Shape of an index"] = d => _ = d.Shape()[d.Index()],
        ["Shape.TryBroadcast"] = d => _ = Shape.TryBroadcast(d.Shape(), d.Shape(), out _),
        ["TensorSpec"] = d => _ = new TensorSpec(DType.Float32, d.Shape(), new Dims(d.Several())),
        ["TensorSpec.Reshaped"] = d => _ = d.Tensor().Spec.Reshaped(d.Shape()),
        ["Slice"] = d => Touch(d.Tensor(2)[d.Any(), d.Range()]),
        ["Slice.Every"] = d => Touch(d.Tensor(2)[Slice.Every(d.Any(), d.Range()), Slice.Every(d.Any())]),
        ["Slice of an index"] = d => Touch(d.Tensor(2)[d.Index(), d.Index()]),
        ["the default slice"] = d => Touch(d.Tensor(1)[default(Slice)]),
        ["assigning a slice"] = d => d.Tensor(2)[d.Range(), d.Any()] = Tensor.Scalar(1f),
        ["Full"] = d => Touch(Tensor.Full(d.Shape(), 3, DType.Float64)),
        ["Arange"] = d => Touch(Tensor.Arange(d.Long(), d.Long(), d.Long())),
        ["Linspace"] = d => Touch(Tensor.Linspace(0, 1, d.Size())),
        ["Eye"] = d => Touch(Tensor.Eye(d.Any())),
        ["From"] = d => Touch(Tensor.From(new float[d.Few()], d.Shape())),
        ["Uniform"] = d => Touch(Tensor.Uniform(d.Shape(), new Rng(0))),
        ["Normal"] = d => Touch(Tensor.Normal(d.Shape(), new Rng(0), dtype: DType.Float64)),
        ["RandomIntegers"] = d => Touch(Tensor.RandomIntegers(d.Shape(), new Rng(0), d.Long(), d.Long())),
        ["RandomPermutation"] = d => Touch(Tensor.RandomPermutation(d.Size(), new Rng(0))),
        ["Bernoulli"] = d => Touch(Tensor.Bernoulli(d.Shape(), new Rng(0), 0.5)),
        ["Rng.Take"] = d => _ = new Rng(1) { Position = (ulong)d.Long() }.Take(d.Any()),
        ["Reshape"] = d => Touch(d.Tensor().Reshape(d.Several(9))),
        ["Flatten"] = d => Touch(d.Tensor().Flatten(d.Any(), d.Any())),
        ["Squeeze"] = d => Touch(d.Tensor().Squeeze(d.Any())),
        ["Unsqueeze"] = d => Touch(d.Tensor().Unsqueeze(d.Any())),
        ["BroadcastTo"] = d => _ = d.Tensor().BroadcastTo(d.Shape()),
        ["Permute"] = d => Touch(d.Tensor().Permute(d.Several(9))),
        ["Transpose"] = d => Touch(d.Tensor().Transpose(d.Any(), d.Any())),
        ["MoveAxis"] = d => Touch(d.Tensor().MoveAxis(d.Any(), d.Any())),
        ["Diagonal"] = d => Touch(d.Tensor().Diagonal(d.Any(), d.Any())),
        ["Narrow"] = d => Touch(d.Tensor().Narrow(d.Any(), d.Any(), d.Any())),
        ["Split"] = d => _ = d.Tensor().Split(d.Several(), d.Any()),
        ["Chunk"] = d => _ = d.Tensor(2).Chunk(d.Size(), d.Any()),
        ["Roll"] = d => Touch(d.Tensor(2).Roll(d.Any(), d.Any())),
        ["Flip"] = d => Touch(d.Tensor().Flip(d.Several())),
        ["Tile"] = d => Touch(d.Tensor().Tile(d.Several())),
        ["Repeat"] = d => Touch(d.Tensor(1).Repeat(d.Any(), d.Any())),
        ["Pad"] = d => Touch(d.Tensor(2).Pad(d.Exactly(2), d.Exactly(2), (PadMode)(d.Few() % 4))),
        ["Concat"] = d => Touch(Tensor.Concat([d.Tensor(2), d.Tensor(2)], d.Any())),
        ["Concat of too much"] = d => Touch(Tensor.Concat([.. Wide(d), .. Wide(d)], d.Any())),
        ["Stack"] = d => Touch(Tensor.Stack([Tensor.Ones([2]), Tensor.Ones([2])], d.Any())),
        ["OneHot"] = d => Touch(d.Tensor(1, DType.Int64).OneHot(d.Any())),
        ["LengthMask"] = d => Touch(d.Tensor(1, DType.Int64).LengthMask(d.Any())),
        ["Take"] = d => Touch(d.Tensor(2).Take(Tensor.From(d.Long(), d.Long()), d.Any())),
        ["Gather"] = d => Touch(d.Tensor(1).Gather(d.Any(), Tensor.From(d.Long(), d.Long()))),
        ["Scatter"] = d => Touch(d.Tensor(1).Scatter(d.Any(), Tensor.From(d.Long()), Tensor.Ones([1]))),
        ["ScatterAdd"] = d => Touch(d.Tensor(1).ScatterAdd(d.Any(), Tensor.From(d.Long()), Tensor.Ones([1]))),
        ["TopK"] = d => Touch(d.Tensor(2).TopK(d.Any(), d.Any()).Values),
        ["Sum"] = d => Touch(d.Tensor().Sum(d.Several())),
        ["Variance"] = d => Touch(d.Tensor().Variance(d.Several(2), d.Any())),
        ["CumulativeSum"] = d => Touch(d.Tensor().CumulativeSum(d.Any())),
        ["ArgMax"] = d => Touch(d.Tensor().ArgMax(d.Any())),
        ["ArgSort"] = d => Touch(d.Tensor().ArgSort(d.Any())),
        ["Softmax"] = d => Touch(d.Tensor().Softmax(d.Any())),
        ["SoftmaxCrossEntropy"] = d => Touch(d.Tensor(2).SoftmaxCrossEntropy(Tensor.From(d.Long(), d.Long()), d.Any(), d.Long())),
        ["LayerNormalize"] = d => Touch(d.Tensor().LayerNormalize(d.Any())),
        ["GroupNormalize"] = d => Touch(d.Tensor().GroupNormalize(d.Any())),
        ["Conv1d"] = d => Touch(d.Tensor(3).Conv1d(d.Tensor(3), null, d.Any(), d.Any(), d.Any(), d.Any())),
        ["Conv2d"] = d => Touch(d.Tensor(4).Conv2d(d.Tensor(4), null, Window(d))),
        ["Conv2d of ones"] = d => Touch(Tensor.Ones([1, 1, 3, 3]).Conv2d(Tensor.Ones([1, 1, 2, 2]), null, Window(d))),
        ["Conv3d"] = d => Touch(Tensor.Ones([1, 1, 3, 3, 3]).Conv3d(d.Tensor(5), null, d.Any(), d.Any(), d.Any(), d.Any())),
        ["ConvTranspose2d"] = d => Touch(Tensor.Ones([1, 1, 3, 3]).ConvTranspose2d(d.Tensor(4), null, Window(d), d.Any(), d.Any())),
        ["ConvTranspose2d of ones"] = d => Touch(Tensor.Ones([1, 1, 3, 3]).ConvTranspose2d(Tensor.Ones([1, 1, 2, 2]), null, Window(d))),
        ["ConvTranspose3d"] =
            d => Touch(Tensor.Ones([1, 1, 3, 3, 3]).ConvTranspose3d(d.Tensor(5), null, d.Any(), d.Any(), d.Any(), d.Any(), d.Any())),
        ["MaxPool"] = d => Touch(d.Tensor(4).MaxPool(Pool(d))),
        ["AveragePool"] = d => Touch(Tensor.Ones([1, 1, 3, 3]).AveragePool(Pool(d), d.Few() > 1)),
        ["AdaptiveAveragePool"] = d => Touch(d.Tensor(4).AdaptiveAveragePool(d.Any(), d.Any())),
        ["AdaptiveMaxPool"] = d => Touch(d.Tensor(4).AdaptiveMaxPool(d.Any(), d.Any())),
        ["Unfold"] = d => Touch(d.Tensor(4).Unfold(d.Any(), d.Any(), Window(d))),
        ["Windows"] = d => Touch(Tensor.Ones([1, 1, 3, 3]).Windows(d.Any(), d.Any(), Window(d))),
        ["Conv1dMax"] = d => Touch(d.Tensor(3).Conv1dMax(d.Tensor(3))),
        ["BestWindows"] = d => Touch(d.Tensor(3).Apply(new BestWindows(d.Any()), d.Tensor(3))),
        ["BestWindows of ones"] = d => Touch(Tensor.Ones([2, 5, 3]).Apply(new BestWindows(d.Any()), Tensor.Ones([4, 2, 3]))),
        ["BestWindows of wide filters"] = d => Touch(Tensor.Ones([1, 3, 0]).Apply(new BestWindows(d.Any()), Tensor.Ones([1, d.Any(), 0]))),
        ["default windows"] = d => Touch(d.Tensor(4).Conv2d(d.Tensor(4), null, default(ConvWindow)) + d.Tensor(4).MaxPool(default)),
        ["a field of an op: TakeSlice"] =
            d => Touch(d.Tensor(2).Apply(new TakeSlice(new Dims(d.Several(2)), new Dims(d.Exactly(2)), new Dims(d.Exactly(2))))),
        ["a field of an op: axes"] = d => Touch(d.Tensor(2).Apply(AxisOp(d, d.Any()))),
        ["a field of an op: lists of axes"] = d => Touch(d.Tensor(2).Apply(AxesOp(d, new Dims(d.Several())))),
        ["a field of an op: shapes"] = d => Touch(d.Tensor(2).Apply(ShapeOp(d, d.Shape()))),
        ["other numbers of operands"] = d => Touch(d.Tensor(2).Apply(AnyOp(d), [.. Enumerable.Range(0, d.Few()).Select(_ => d.Tensor(2))])),
        ["Dims"] = d => _ = Dims.RowMajor(new Dims(d.Several(9))).Insert(d.Any(), d.Any()).With(d.Any(), 0).Without(d.Any()),
        ["Dims.Repeat"] = d => _ = Dims.Repeat(1, d.Any()),
        ["GradientCheck"] = d =>
        {
            Tensor x = Tensor.Ones([2], DType.Float64).Track();
            _ = GradientCheck.Run(() => x.Square().Sum(), [("x", x)], new GradientCheckOptions { Coordinates = d.Any() });
        },
    };

    public static TheoryData<string> Names => [.. s_calls.Keys];

    [Theory, MemberData(nameof(Names))]
    public void AnyNumbersGiveAResultOrAreRefusedInASentence(string name) => Hostile.Try(name, s_calls[name]);

    [Fact]
    public void SizesBesideAnEmptyAxisAreLimitedToo()
    {
        string message = Assert.Throws<ShapeException>(() => Tensor.Zeros([0, 65536, 65536])).Message;
        Assert.Equal("The shape [0, 65536, 65536] has sizes besides 0 that multiply to more than 2147483647, the most one tensor can hold; "
            + "split it.", message);
        Assert.Equal(message.Replace("[0, 65536, 65536]", "[65536, 65536, 0]", StringComparison.Ordinal),
            Assert.Throws<ShapeException>(() => new Shape(65536, 65536, 0)).Message);
        Assert.Equal(0, new Shape(0, 65536, 32767).Count);
    }

    [Fact]
    public void DefaultValuesAreThoseOfAScalar()
    {
        Assert.Equal(Shape.Scalar, default);
        Assert.Equal(1, default(Shape).Count);
        Assert.Equal(new TensorSpec(DType.Float32, Shape.Scalar), default);
        Assert.Equal((1, true, true), (default(TensorSpec).Extent, default(TensorSpec).IsContiguous, default(TensorSpec).IsDense));
        Assert.Equal(Math.E, Tensor.Ones(default, DType.Float64).Exp().Item(), 1e-15);
    }

    [Fact]
    public void ALongStepTakesOnePosition()
    {
        Tensor x = Tensor.From(1f, 2, 3, 4);
        Assert.Equal([2f], x[Slice.Every(int.MaxValue, 1..)].ToArray<float>());
        Assert.Equal([1f, 4], x[Slice.Every(3)].ToArray<float>());
        Assert.Contains("Position ^2147483647", Assert.Throws<ShapeException>(() => x[int.MinValue]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WindowsFarFromTheirSequencesSeeNothing()
    {
        Tensor x = Tensor.From(1f, 2, 3, 4, 5).Reshape(1, 5, 1), w = Tensor.Ones([1, 2, 1]);
        Assert.Equal(3, x.Apply(new BestWindows(0), w).Item());
        Assert.Equal(4, x.Apply(new BestWindows(1), w).Item());
        foreach (int left in (int[])[1 << 30, int.MaxValue, -(1 << 30), int.MinValue, int.MinValue + 1])
            Assert.Equal(0, x.Apply(new BestWindows(left), w).Item());
    }

    [Fact]
    public void PaddingMayTakeAwayMoreThanFitsIntoItsType()
    {
        Tensor x = Tensor.From(1f, 2, 3);
        Assert.Equal([2f, 0], x.Pad([-1], [-1]).Pad([0], [1]).ToArray<float>());
        Assert.Equal([2f, 3, 2], x.Pad([-1], [1], PadMode.Circular).ToArray<float>());
        Assert.Contains("2147483648 positions from the front", Assert.Throws<ShapeException>(() => x.Pad([int.MinValue], [0])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void RollingByAnyNumberGoesRound()
    {
        Tensor x = Tensor.From(1f, 2, 3);
        Assert.Equal([2f, 3, 1], x.Roll(int.MaxValue - 2).ToArray<float>()); // 2^31 - 3 leaves 2 when divided by 3
        Assert.Equal([3f, 1, 2], x.Roll(int.MinValue).ToArray<float>()); // -2^31 leaves -2
    }

    [Fact]
    public void AdaptivePoolsMayHaveMoreWindowsThanPositions()
    {
        Tensor x = Tensor.From(1f, 2, 4).Reshape(1, 1, 1, 3);
        Assert.Equal([1f, 2, 4, 4], x.AdaptiveMaxPool(1, 4).ToArray<float>());
        Assert.Equal([1f, 1.5f, 3, 4], x.AdaptiveAveragePool(1, 4).ToArray<float>());
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => i < 33 ? 1f : i <= 66 ? i is 33 ? 2 : i is 66 ? 4 : 2 : 4)],
            x.AdaptiveMaxPool(1, 100).ToArray<float>());
    }

    private static void Touch(Tensor tensor) => _ = tensor.Detach().Contiguous().Spec.ToString();

    private static ConvWindow Window(Draw d) => new(d.Any(), d.Any(), d.Any(), d.Any(), d.Any(), d.Any(), d.Few());

    private static PoolWindow Pool(Draw d) => new(d.Any(), d.Any(), d.Any(), d.Any(), d.Any(), d.Any(), d.Few() > 2);

    private static Tensor[] Wide(Draw d) => [Tensor.Scalar(1f).BroadcastTo([d.Any()])];

    private static IOp AxisOp(Draw d, int axis) => d.Below(12) switch
    {
        0 => new ArgMax(axis),
        1 => new ArgSort(axis, false),
        2 => new CumulativeSum(axis, true),
        3 => new Concat(axis),
        4 => new AddAxis(axis),
        5 => new Softmax(axis),
        6 => new LogSoftmax(axis),
        7 => new Diagonal(axis, d.Any()),
        8 => new LayerNormalize(axis, 1e-5),
        9 => new GroupNormalize(axis, 1e-5),
        _ => new DropAxis(axis),
    };

    private static IOp AxesOp(Draw d, Dims axes) => d.Few() switch
    {
        0 => new Sum(axes, true),
        1 => new Flip(axes),
        2 => new Pad(axes, new Dims(d.Exactly(2)), 0),
        3 => new Sum(axes, false),
        _ => new Permute(axes),
    };

    private static IOp ShapeOp(Draw d, Shape shape) => d.Few() switch
    {
        0 => new SumTo(shape),
        1 => new Reshape(shape),
        _ => new BroadcastTo(shape),
    };

    private static IOp AnyOp(Draw d) => d.Below(20) switch
    {
        0 => new Add(),
        1 => new MatMul(),
        2 => new Where(),
        3 => new Gather(0),
        4 => new Scatter(0),
        5 => new Conv2d(default),
        6 => new BatchNormalize(1),
        7 => new LayerNormalize(1, 1),
        8 => new SoftmaxCrossEntropy(1, null),
        9 => new RandomUniform([2], DType.Float32, default),
        10 => new BestWindows(0),
        11 => new BatchNormalizeGrad(1),
        12 => new NormalizeWith(1),
        13 => new Exp(),
        14 => new Greater(),
        15 => new ScatterSum(0, [2]),
        16 => new Reshape([]),
        17 => new ChannelSum(),
        _ => new Linear(),
    };
}
