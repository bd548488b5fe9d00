namespace Hebb.Tests.Layers.Initializers;

using Hebb.Layers;
using Hebb.Tests.Reference;

public class InitializerTests
{
    private static readonly Shape s_dense = [250, 400];

    public static TheoryData<string> Defaults => ReferenceFile.Names("initializers", "Linear", "Conv2d");

    private static void Draws(IInitializer start, double std, double? bound = null, double mean = 0)
    {
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64]) Sample.Check(
            start.Draw(s_dense, dtype, new Rng(2)), mean, std, bound);
    }

    [Fact]
    public void PlainLaws()
    {
        Assert.All(Initializer.Constant(0.25).Draw([4], DType.Float32, new Rng(0)).ToArray<float>(), value => Assert.Equal(0.25f, value));
        Draws(Initializer.Uniform(), Math.Sqrt(1 / 3.0), 1);
        Draws(Initializer.Uniform(2, 4), Math.Sqrt(1 / 3.0), 1, mean: 3);
        Draws(Initializer.Normal(), 1);
        Draws(Initializer.Normal(std: 0.01, mean: 5), 0.01, mean: 5);
    }

    [Fact]
    public void FansSetTheSpread()
    {
        Draws(Initializer.LeCunNormal(), Math.Sqrt(1 / 400.0));
        Draws(Initializer.FanOutNormal(), Math.Sqrt(1 / 250.0));
        Draws(Initializer.GlorotNormal(), Math.Sqrt(2 / 650.0));
        Draws(Initializer.GlorotUniform(), Math.Sqrt(2 / 650.0), Math.Sqrt(6 / 650.0));
        Draws(Initializer.HeNormal(), Math.Sqrt(2 / 400.0));
        Draws(Initializer.HeUniform(slope: 1), Math.Sqrt(1 / 400.0), Math.Sqrt(3 / 400.0));
        Draws(Initializer.Default, 1 / Math.Sqrt(3 * 400), 1 / Math.Sqrt(400));
        Assert.Equal(Initializer.LeCunNormal(), Initializer.XavierFanIn());
    }

    /// <summary>
    /// U(-6/(n + n'), 6/(n + n')) is sometimes printed: for 100 and 100 its variance is 3e-4, not the 0.01 that is meant.
    /// </summary>
    [Fact]
    public void TheGlorotBoundIsASquareRoot() =>
        Sample.Check(Initializer.GlorotUniform().Draw([100, 100], DType.Float64, new Rng(3)), 0, 0.1, Math.Sqrt(0.03));

    [Theory, MemberData(nameof(Defaults))]
    public void LayersStartAsTheReferenceDoes(string name)
    {
        ReferenceCase item = ReferenceFile.Case("initializers", name);
        int[] shape = item.Ints("shape");
        int groups = name.Contains("groups", StringComparison.Ordinal) ? 4 : 1;
        WeightedLayer layer = item.Op == "Linear" ? new Linear(400, 250) : new Conv2d(48, 64, 5, groups: groups);
        Parameter part = shape.Length > 1 ? layer.Weight : layer.Bias!;
        Assert.Equal(shape, part.Shape.AsSpan().ToArray());
        double bound = item.Outputs["bound"].Scalar;
        if (shape.Length > 1) Sample.Check(part, 0, item.Outputs["std"].Scalar, bound);
        Assert.All(part.Detach().ToArray<float>(), value => Assert.InRange(value, -bound, bound));
    }

    [Fact]
    public void BadNumbersAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Normal(std: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Uniform(1, 0));
    }
}
