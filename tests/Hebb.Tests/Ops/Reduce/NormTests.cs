namespace Hebb.Tests.Ops.Reduce;

public class NormTests
{
    [Theory]
    [InlineData(DType.Float32, 1e20), InlineData(DType.Float32, 1e-30), InlineData(DType.Float64, 1e200), InlineData(DType.Float64, 1e-200)]
    public void PowersThatOverflowOrVanishDoNotCount(DType dtype, double size)
    {
        foreach (double p in (double[])[1, 2, 3, 7.5, double.PositiveInfinity])
        {
            Tensor x = (Tensor.From<double>([3, -4, 0, 12], [2, 2]) * size).Cast(dtype).Track();
            double expected = double.IsInfinity(p) ? 12 : Math.Pow(Math.Pow(3, p) + Math.Pow(4, p) + Math.Pow(12, p), 1 / p);
            Tensor norm = x.Norm(p);
            Assert.Equal(expected, norm.Cast(DType.Float64).Item() / size, 1e-5);
            double[] slope = Gradient.Of(norm, x).Cast(DType.Float64).ToArray<double>();
            Assert.Equal(double.IsInfinity(p) ? 1 : Math.Pow(12 / expected, p - 1), slope[3], 1e-5);
            Assert.Equal(double.IsInfinity(p) ? 0 : -Math.Pow(4 / expected, p - 1), slope[1], 1e-5);
            double[] rows = x.Detach().Norm(p, [1]).Cast(DType.Float64).ToArray<double>();
            Assert.Equal(12, rows[1] / size, 1e-5);
        }
    }

    [Theory, InlineData(DType.Float32), InlineData(DType.Float64)]
    public void ZerosInfinitiesAndNothingHaveTheirNorms(DType dtype)
    {
        foreach (double p in (double[])[1, 2, 3])
        {
            Tensor zeros = Tensor.Zeros([2, 3], dtype).Track();
            Assert.Equal([0, 0], zeros.Detach().Norm(p, [1]).Cast(DType.Float64).ToArray<double>());
            Assert.All(Gradient.Of(zeros.Norm(p), zeros).Cast(DType.Float64).ToArray<double>(), g => Assert.Equal(0, g));
            Assert.Equal(double.PositiveInfinity, Tensor.Full([2], double.NegativeInfinity, dtype).Norm(p).Item());
            Assert.True(double.IsNaN(Tensor.From<double>(double.NaN, double.PositiveInfinity).Cast(dtype).Norm(p).Item()));
            Assert.Equal(0, Tensor.Zeros([0], dtype).Norm(p).Item());
        }
    }
}
