namespace Hebb.Tests.Registry;

using Hebb.Losses;
using Hebb.Tests.Reference;

/// <summary>What holds of every loss.</summary>
public class LossSuiteTests
{
    public static TheoryData<string> Names => LossCases.Names;

    [Theory, MemberData(nameof(Names))]
    public void ValuesAndGradientsAreThoseOfTheReference(string name)
    {
        ReferenceCase item = ReferenceFile.Case("losses", name);
        Loss loss = LossCases.ByReference[item.Op](item);
        foreach ((DType dtype, double tolerance) in (ReadOnlySpan<(DType, double)>)[(DType.Float64, 1e-12), (DType.Float32, 2e-6)])
        {
            Tensor output = Make(item.Inputs["input"], dtype).Track(), target = Make(item.Inputs["target"], dtype);
            bool hasTargetGradient = item.Gradients.ContainsKey("target");
            if (hasTargetGradient) target.Track();
            Tensor value = loss.Forward(output, target);
            item.Outputs["output"].AssertNear(Values(value), tolerance);
            if (item.Upstream.Count == 0) continue;
            (value * Make(item.Upstream["output"], dtype)).Sum().Backward();
            item.Gradients["input"].AssertNear(Values(output.Grad!), tolerance);
            if (hasTargetGradient) item.Gradients["target"].AssertNear(Values(target.Grad!), tolerance);
        }
    }

    /// <summary>Off the clamps that PyTorch's definition has, gradients are those of the values.</summary>
    [Theory, MemberData(nameof(Names))]
    public void GradientsAgreeWithDifferences(string name)
    {
        ReferenceCase item = ReferenceFile.Case("losses", name);
        bool isSmooth = !name.Contains("certain", StringComparison.Ordinal) && !name.Contains("large", StringComparison.Ordinal)
            && item.Op != "BceLoss";
        if (!isSmooth) return;
        Loss loss = LossCases.ByReference[item.Op](item);
        ReferenceArray input = item.Inputs["input"];
        Tensor target = Make(item.Inputs["target"], DType.Float64), output = Make(input, DType.Float64).Track();
        Tensor total = loss.Forward(output, target).Sum();
        Differences.Check(
            input.Doubles, moved => loss.Forward(Tensor.From(moved, new Shape(input.Shape)), target).Sum().Item(),
                Values(Gradient.Of(total, output)), 1e-7, name);
    }

    [Theory, MemberData(nameof(Names))]
    public void TheTargetsThatBelongToAnOutputAreTaken(string name)
    {
        ReferenceCase item = ReferenceFile.Case("losses", name);
        Loss loss = LossCases.ByReference[item.Op](item);
        TensorSpec output = new(DType.Float64, new Shape(item.Inputs["input"].Shape)), target = loss.TargetFor(output);
        Graph graph = Graph.Trace(arguments => [loss.Forward(arguments[0], arguments[1])], output, target);
        Assert.Equal(DType.Float64, graph.Results[0].DType);
    }

    [Theory, MemberData(nameof(Names))]
    public void ATargetThatDoesNotFitIsNamedWithTheLoss(string name)
    {
        ReferenceCase item = ReferenceFile.Case("losses", name);
        ShapeException error = Assert.Throws<ShapeException>(
            () => LossCases.ByReference[item.Op](item).Forward(Make(item.Inputs["input"], DType.Float64), Tensor.Zeros([3, 3, 3])));
        Assert.StartsWith(LossCases.ByReference[item.Op](item).GetType().Name, error.Message, StringComparison.Ordinal);
    }

    private static Tensor Make(ReferenceArray array, DType dtype)
    {
        Tensor wide = Tensor.From(array.Doubles, new Shape(array.Shape));
        return wide.Cast(array.DType == "int64" ? DType.Int64 : dtype);
    }

    private static double[] Values(Tensor tensor) => tensor.Detach().Cast(DType.Float64).ToArray<double>();
}
