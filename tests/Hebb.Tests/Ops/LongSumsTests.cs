using Hebb.Layers;

namespace Hebb.Tests.Ops;

/// <summary>Sums of very many float32 numbers keep their digits, whichever op adds them up.</summary>
public class LongSumsTests
{
    private const int Side = 512, Count = Side * Side;

    private static Tensor Constant(params int[] shape) => Tensor.Full(new Shape(shape), 0.1f);

    private static void Near(Tensor found, double expected, double relative) => Assert.All(
        found.Detach().Reshape(found.Count).ToArray<float>(),
        number => Assert.True(Math.Abs(number - expected) <= relative * Math.Abs(expected), $"{number} instead of {expected}"));

    [Fact]
    public void AveragesOverLargeWindows()
    {
        Near(Constant(1, 1, Side, Side).AdaptiveAveragePool(1, 1), 0.1f, 5e-6);
        Near(new AvgPool2d(Side).Forward(Constant(1, 2, Side, Side)), 0.1f, 5e-6);
        Near(new AvgPool1d(Count).Forward(Constant(1, 2, Count)), 0.1f, 5e-6);
        Near(new AvgPool3d(64).Forward(Constant(1, 1, 64, 64, 64)), 0.1f, 5e-6);
    }

    [Fact]
    public void SumsAtPlacesThatIndicesName()
    {
        Tensor rows = Tensor.Zeros([Count], DType.Int64);
        Near(Tensor.Zeros([2, 3]).ScatterAdd(0, rows.Reshape(Count, 1).BroadcastTo([Count, 3]), Constant(Count, 3))[0],
            Count * (double)0.1f, 1e-5);
        Near(Tensor.Zeros([3, 2]).ScatterAdd(1, rows.Reshape(1, Count).BroadcastTo([3, Count]), Constant(3, Count))[.., 0],
            Count * (double)0.1f, 1e-6);
        Tensor table = Tensor.Zeros([5, 4]).Track();
        Near(Gradient.Of((table.Take(rows + 2) * 0.1f).Sum(), table)[2], Count * (double)0.1f, 1e-5);
        // Rows that meet in several places of the table, in turns.
        Tensor turns = Tensor.Arange(0, Count) - Tensor.Arange(0, Count / 3 + 1).Reshape(Count / 3 + 1, 1).BroadcastTo([Count / 3 + 1, 3])
            .Reshape(-1)[..Count] * 3;
        Near(Gradient.Of((table.Take(turns) * 0.1f).Sum(), table)[..3], Count / 3 * (double)0.1f, 2e-5);
    }

    [Fact]
    public void NormalizationsOfEqualNumbersGiveZeros()
    {
        Tensor image = Constant(2, 2, Side, Side);
        Tensor[] results =
        [
            image.Reshape(4, Count).LayerNormalize(), image.GroupNormalize(2), image.GroupNormalize(1),
            image.BatchNormalize(Tensor.Ones([2]), Tensor.Zeros([2])).Y,
        ];
        foreach (Tensor y in results) Assert.InRange(y.Abs().Max().Item(), 0, 1e-5);
    }
}
