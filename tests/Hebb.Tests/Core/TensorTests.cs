using Hebb.Layers;
using Hebb.Training;

namespace Hebb.Tests.Core;

public class TensorTests
{
    [Theory]
    [InlineData(4), InlineData(10), InlineData(1000), InlineData(100000)]
    public void AnAssignedViewOfTheSameMemoryIsReadBeforeItIsWritten(int n)
    {
        Tensor up = Numbers(), down = Numbers(), traced = Numbers();
        double[] before = up.ToArray<double>();
        up[1..] = up[..^1];
        down[..^1] = down[1..];
        Assert.Equal([before[0], .. before[..^1]], up.ToArray<double>());
        Assert.Equal([.. before[1..], before[^1]], down.ToArray<double>());
        Graph shift = Graph.Trace(
            x =>
            {
                traced.Narrow(0, 1, n - 1).Assign(traced.Narrow(0, 0, n - 1));
                return traced + x;
            }, Tensor.Zeros([1], DType.Float64).Spec);
        Assert.Equal(up.ToArray<double>(), shift.Evaluate(Tensor.Zeros([1], DType.Float64))[0].ToArray<double>());

        Tensor Numbers() => Tensor.Arange(0, n, dtype: DType.Float64);
    }

    [Theory]
    [InlineData(2), InlineData(17), InlineData(300)]
    public void ATensorIsAssignedItsOwnTranspose(int n)
    {
        Tensor x = Tensor.Uniform([n, n], new Rng(1)), y = x.Clone();
        Tensor turned = x.Permute(1, 0).Clone();
        x.Assign(x.Permute(1, 0));
        Assert.Equal(turned.ToArray<float>(), x.ToArray<float>());
        Compiled.Infer(new Lambda(v => v.Permute(1, 0))).Run(y, y);
        Assert.Equal(turned.ToArray<float>(), y.ToArray<float>());
    }

    [Fact]
    public void PlainNumbersMakeTensors()
    {
        Assert.Equal((DType.Int64, "[0, 1, 2] int64[3]"), (Tensor.From(0, 1, 2).DType, Tensor.From(0, 1, 2).ToString()));
        int[] numbers = [1, 2, 3, 4];
        Assert.Equal([2L, 4], Tensor.From(numbers, [2, 2])[.., 1].ToArray<long>());
        Assert.Equal(DType.Float64, Tensor.From(0, 0.5, 1).DType);
        Assert.Equal(DType.Int64, Tensor.From([1, 2], [2, 1]).DType);
    }

    [Fact]
    public void ANumberThatATypeDoesNotHoldIsRefused()
    {
        Tensor whole = Tensor.From<long>(1, 2, 3), single = Tensor.Ones([2]), truth = Tensor.From<bool>(true, false);
        Action[] narrowing =
        [
            () => _ = whole * 0.5, () => _ = whole + 0.5, () => _ = whole - 0.5, () => _ = 0.5 - whole, () => _ = whole > 1.5,
            () => _ = 1.5 <= whole, () => whole.EqualTo(1.5), () => whole.NotEqualTo(double.NaN),
            () => Tensor.Where(truth, whole[..2], 0.5), () => Tensor.Where(truth, 0.5, whole[..2]),
            () => Tensor.Full([2], 0.5, DType.Int64), () => whole.Fill(0.5), () => whole.Fill(1e19),
            () => whole.Pad([1], [1], value: 0.5), () => Tensor.Linspace(0, 1, 3, DType.Int64), () => Tensor.Full([2], 2, DType.Bool),
            () => truth.Fill(0.5), () => Tensor.Full([2], 1e300), () => single.Fill(-1e300), () => Tensor.Where(truth, single, 1e39),
        ];
        Assert.All(narrowing, act => Assert.Contains("Cast", Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal));
        Assert.Equal([1L, 2, 3], whole.ToArray<long>());
        Assert.Equal([2L, 4, 6], (whole * 2).ToArray<long>());
        Assert.Equal([float.PositiveInfinity], Tensor.Full([1], double.PositiveInfinity).ToArray<float>());
        Assert.Equal([long.MinValue], Tensor.Full([1], long.MinValue, DType.Int64).ToArray<long>());
        Assert.Equal([0L, 2, 4], Tensor.Linspace(0, 4, 3, DType.Int64).ToArray<long>());
    }

    [Fact]
    public void RangesAtTheLimitsOfWholeNumbersAreExact()
    {
        Assert.Equal([long.MinValue, -1, long.MaxValue - 1], Tensor.Arange(long.MinValue, long.MaxValue, long.MaxValue).ToArray<long>());
        Assert.Equal([long.MaxValue - 2, long.MaxValue - 1], Tensor.Arange(long.MaxValue - 2, long.MaxValue).ToArray<long>());
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Arange(long.MinValue, long.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Arange(0, 5, 0));
    }

    [Fact]
    public void ImportCopiesAndExportShares()
    {
        double[] source = [1, 2];
        Tensor x = Tensor.From(source, [2]);
        source[0] = 7;
        Assert.Equal([1.0, 2.0], x.ToArray<double>());

        x.AsSpan<double>()[0] = -1000;
        Assert.Equal([-1000.0, 2.0], x.ToArray<double>());
    }

    [Fact]
    public void ExportOfATrackedTensorNamesDetach()
    {
        Tensor x = Tensor.From<double>(1, 2).Track();
        Assert.Contains("Detach()", Assert.Throws<InvalidOperationException>(() => x.ToArray<double>()).Message, StringComparison.Ordinal);
        Assert.Contains(
            "Detach()", Assert.Throws<InvalidOperationException>(() => { x.AsSpan<double>(); }).Message, StringComparison.Ordinal);
        Assert.Equal([1.0, 2.0], x.Detach().ToArray<double>());
    }

    [Fact]
    public void WrongElementTypeIsRefused()
    {
        Tensor x = Tensor.Zeros([2]);
        Assert.Throws<InvalidOperationException>(() => x.ToArray<double>());
        Assert.Throws<ArgumentException>(() => Tensor.From<short>(1, 2));
    }

    [Fact]
    public void CreatorsFill()
    {
        Assert.Equal([1f, 0, 0, 1], Tensor.Eye(2).ToArray<float>());
        Assert.Equal([2L, 5, 8], Tensor.Arange(2, 10, 3).ToArray<long>());
        Assert.Equal([3L, 2, 1], Tensor.Arange(3, 0, -1).ToArray<long>());
        Assert.Equal([0.0, 0.5, 1.0], Tensor.Linspace(0, 1, 3, DType.Float64).ToArray<double>());
        Assert.Equal([true, true], Tensor.Ones([2], DType.Bool).ToArray<bool>());
        Assert.Equal(2.5, Tensor.Full([], 2.5, DType.Float64).Item());
    }

    [Fact]
    public void BroadcastingAlignsAtTheEnd()
    {
        Tensor rows = Tensor.From<double>(1, 2, 3), columns = Tensor.From<double>([10, 20], [2, 1]);
        Assert.Equal([11.0, 12, 13, 21, 22, 23], (rows + columns).ToArray<double>());
        Assert.Contains(
            "do not broadcast", Assert.Throws<ShapeException>(() => rows + Tensor.Zeros([2], DType.Float64)).Message,
            StringComparison.Ordinal);
        Assert.Contains("Cast", Assert.Throws<ShapeException>(() => rows + Tensor.Zeros([3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReshapeOfAPermutedTensorIsAViewWhereItCanBe()
    {
        Tensor x = Tensor.Arange(0, 24).Reshape(2, 3, 4);
        Tensor y = x.Permute(1, 2, 0);
        Tensor merged = y.Reshape(12, 2);
        Assert.Same(x.Storage, merged.Storage);
        Assert.Equal(y.ToArray<long>(), merged.ToArray<long>());
        Tensor copied = y.Reshape(24);
        Assert.NotSame(x.Storage, copied.Storage);
        Assert.Equal(y.ToArray<long>(), copied.ToArray<long>());
        Assert.Equal([1, 24], x.Reshape(1, -1).Shape);
        Assert.Throws<ShapeException>(() => x.Reshape(5, 5));
        Assert.Throws<ShapeException>(() => x.Reshape(-1, 7));
    }

    [Fact]
    public void AssignThroughAViewIsSeenByTheWhole()
    {
        Tensor x = Tensor.Zeros([2, 3]);
        x[1, 1..] = Tensor.From<float>(5, 6);
        Assert.Equal([0f, 0, 0, 0, 5, 6], x.ToArray<float>());
        x.T.Assign(Tensor.From<float>([1, 2, 3, 4, 5, 6], [3, 2]));
        Assert.Equal([1f, 3, 5, 2, 4, 6], x.ToArray<float>());
    }

    [Fact]
    public void WritingATrackedTensorIsRefused()
    {
        Tensor x = Tensor.Zeros([2]).Track();
        Assert.Contains(
            "NoGrad", Assert.Throws<InvalidOperationException>(() => x.Assign(Tensor.Ones([2]))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => { x[0] = Tensor.Ones([]); });
        using (new NoGrad()) x[0] = Tensor.Ones([]);
        Assert.Equal(1, x[0].Item());
    }

    [Fact]
    public void PrintingShowsValuesTypeAndOrigin()
    {
        Assert.Equal("[[1, 2],\n [3, 4.5]] float32[2, 2]", Tensor.From(new[,] { { 1f, 2 }, { 3, 4.5f } }).ToString());
        Assert.Equal("2.5 float64[] tracked", Tensor.Scalar(2.5).Track().ToString());
        Assert.EndsWith("from Neg", (-Tensor.Scalar(2.5).Track()).ToString(), StringComparison.Ordinal);
        Assert.Contains("...", Tensor.Zeros([2000]).ToString(), StringComparison.Ordinal);
    }
}
