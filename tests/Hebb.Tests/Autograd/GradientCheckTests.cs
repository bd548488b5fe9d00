using Hebb.Kernels;

namespace Hebb.Tests.Autograd;

public class GradientCheckTests
{
    private readonly record struct BentRelu : IUnary<BentRelu>, IKinked
    {
        V IUnaryLane.Lane<V>(V x) => V.Max(x, V.Of(0));

        public Tensor Grad(Tensor dy, Tensor x, Tensor y)
        {
            double[] values = x.Detach().ToArray<double>();
            return dy * Tensor.From<double>(Array.ConvertAll(values, value => value > 0 ? 1.0 : 0.0), x.Shape);
        }

        public Tensor Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) =>
            Tensor.From<bool>(Array.ConvertAll(inputs[0].Detach().ToArray<double>(), value => value > 0), inputs[0].Shape);
    }

    private readonly record struct WrongSquare : IUnary<WrongSquare>
    {
        V IUnaryLane.Lane<V>(V x) => x * x;

        public Tensor Grad(Tensor dy, Tensor x, Tensor y) => dy * x;
    }

    private static Tensor Leaf(params double[] values) => Tensor.From(values, [values.Length]).Track();

    [Fact]
    public void TheCenteredErrorIsOfOrderTwoAndSmallerIsNotAlwaysBetter()
    {
        double slope = Math.Cos(1);
        double One(double d) => Math.Abs(GradientCheck.OneSided(Math.Sin, 1, d) - slope);
        double Two(double d) => Math.Abs(GradientCheck.Centered(Math.Sin, 1, d) - slope);
        Within3(4.2e-3, One(1e-2));
        Within3(4.2e-5, One(1e-4));
        Within3(4.2e-7, One(1e-6));
        Within3(9.0e-6, Two(1e-2));
        Within3(9.0e-10, Two(1e-4));
        Within3(2.8e-11, Two(1e-6));
        Within3(5.8e-8, Two(1e-10));

        static void Within3(double expected, double found) => Assert.InRange(found, expected / 3, expected * 3);
    }

    [Theory]
    [InlineData(2e-2, GradientVerdict.Wrong)]
    [InlineData(1e-3, GradientVerdict.Doubtful)]
    [InlineData(5e-5, GradientVerdict.FineWithKinks)]
    [InlineData(1e-8, GradientVerdict.Good)]
    [InlineData(double.NaN, GradientVerdict.Wrong)]
    public void Bands(double error, GradientVerdict verdict) => Assert.Equal(verdict, GradientCheck.Judge(error));

    [Fact]
    public void TheRelativeErrorOfTwoZerosIsZero()
    {
        Assert.Equal(0, GradientCheck.RelativeError(0, 0));
        Assert.Equal(1, GradientCheck.RelativeError(0, 0.45), 12);
    }

    [Fact]
    public void ADifferenceAcrossAKinkSaysNothing()
    {
        static double Relu(double z) => Math.Max(0, z);
        Assert.Equal(0.45, GradientCheck.Centered(Relu, -1e-6, 1e-5), 6);
        Assert.Equal(0, GradientCheck.Centered(Relu, -1e-6, 1e-7));
        Assert.Equal(0.55, GradientCheck.Centered(Relu, 1e-6, 1e-5), 6);
    }

    [Fact]
    public void CrossingsAreReportedApart()
    {
        Tensor x = Leaf(-1e-6, 0.5, -0.7);
        GradientCheckReport report = GradientCheck.Run(() => x.Apply(new BentRelu()).SumTo([]), [("x", x)]);
        Assert.Equal([0], report.Entries[0].Kinks);
        Assert.Equal(2, report.Entries[0].Checked);
        Assert.True(report.Error <= 1e-7, report.ToString());
        Assert.Contains("kinks", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AWrongGradientIsFoundAndPlaced()
    {
        Tensor x = Leaf(1, 2, 3), w = Leaf(1, 1, 1);
        GradientCheckReport report = GradientCheck.Run(() => (x.Apply(new WrongSquare()) * w).SumTo([]), [("x", x), ("w", w)]);
        Assert.Equal(GradientVerdict.Wrong, report.Verdict);
        Assert.Equal(GradientVerdict.Wrong, report.Entries[0].Verdict);
        Assert.Equal(0.5, report.Entries[0].Error, 6);
        Assert.Equal(GradientVerdict.Good, report.Entries[1].Verdict);
    }

    [Fact]
    public void WhatRoundingMakesOfADifferenceIsNoError()
    {
        // A constant moves all that a normalization takes its mean off, so that its gradient is 0.
        Tensor x = Tensor.Normal([6, 3], new Rng(1), dtype: DType.Float64), bias = Leaf(0.1, -0.2, 0.3), small = Leaf(1e-9, 1e-12);
        Tensor Loss()
        {
            Tensor y = x + bias;
            return 1 + ((y - y.Mean([0], keepAxes: true)) * x).Square().Sum();
        }
        Assert.Equal(GradientVerdict.Good, GradientCheck.Run(Loss, [("bias", bias)]).Verdict);
        Assert.Equal(GradientVerdict.Good, GradientCheck.Run(() => small.Square().Sum(), [("small", small)]).Verdict);
        Assert.Equal(GradientVerdict.Wrong, GradientCheck.Run(() => small.Apply(new WrongSquare()).Sum(), [("small", small)]).Verdict);
    }

    [Fact]
    public void MaximaOfWindowsAreCheckedAndTheirTiesAreKinks()
    {
        Tensor x = Leaf([.. Enumerable.Range(0, 16).Select(i => Math.Sin(7 * i))]), tied = Leaf(1, 1, 0, 0.5);
        GradientCheckReport report = GradientCheck.Run(
            () => x.Reshape(1, 1, 4, 4).MaxPool(PoolWindow.Square(2)).Square().Sum(), [("x", x)]);
        Assert.Equal(GradientVerdict.Good, report.Verdict);
        Assert.Equal(16, report.Entries[0].Checked);
        report = GradientCheck.Run(() => tied.Reshape(1, 1, 2, 2).MaxPool(PoolWindow.Square(2)).Sum(), [("tied", tied)]);
        Assert.Equal([0, 1], report.Entries[0].Kinks);
    }

    [Fact]
    public void ARandomSubsetIsCheckedAndValuesAreRestored()
    {
        Tensor x = Leaf([.. Enumerable.Range(0, 50).Select(i => i * 0.1 + 0.05)]);
        double[] before = x.Detach().ToArray<double>();
        GradientCheckReport report = GradientCheck.Run(() => (x * x).SumTo([]), [("x", x)], new GradientCheckOptions { Coordinates = 7 });
        Assert.Equal(7, report.Entries[0].Checked);
        Assert.Equal(before, x.Detach().ToArray<double>());
    }

    [Fact]
    public void RandomNumbersRepeatDuringTheCheck()
    {
        Rng rng = new(3);
        Tensor x = Leaf(1, 2);
        List<ulong> positions = [];
        GradientCheck.Run(() => { positions.Add(rng.Take(10).Position); return (x * x).SumTo([]); }, [("x", x)]);
        Assert.All(positions, position => Assert.Equal(0UL, position));
    }

    [Fact]
    public void LeavesMustBeFloat64AndTracked()
    {
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(() => Tensor.Scalar(1.0), [("x", Tensor.Zeros([2]).Track())]));
        Assert.Throws<ArgumentException>(() => GradientCheck.Run(() => Tensor.Scalar(1.0), [("x", Tensor.Zeros([2], DType.Float64))]));
    }
}
