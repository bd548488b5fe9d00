namespace Hebb.Tests.Layers.Initializers;

using Hebb.Layers;
using Hebb.Tests.Reference;

public class FanScaledTests
{
    public static TheoryData<string> Cases =>
        ReferenceFile.Names("initializers", "KaimingUniform", "KaimingNormal", "XavierUniform", "XavierNormal");

    [Theory, MemberData(nameof(Cases))]
    public void SpreadsAsTheReferenceDoes(string name)
    {
        ReferenceCase item = ReferenceFile.Case("initializers", name);
        Fan fan = item.Op.StartsWith("Xavier", StringComparison.Ordinal) ? Fan.Mean : item.Text("mode") == "fan_in" ? Fan.In : Fan.Out;
        FanScaled start = new(item.Number("gain"), fan, item.Text("distribution") == "uniform");
        Shape shape = new(item.Ints("shape"));
        Assert.Equal(item.Outputs["std"].Scalar, start.Std(shape), 1e-15);
        Sample.Check(start.Draw(shape, DType.Float32, new Rng(1)), 0, item.Outputs["std"].Scalar,
            item.Outputs.TryGetValue("bound", out ReferenceArray? bound) ? bound.Scalar : null);
    }

    [Fact]
    public void VectorsHaveNoFans() =>
        Assert.Contains(
            "[5]", Assert.Throws<ShapeException>(() => Initializer.HeNormal().Draw([5], DType.Float32, new Rng(0))).Message,
            StringComparison.Ordinal);
}
