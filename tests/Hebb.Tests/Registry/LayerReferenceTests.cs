namespace Hebb.Tests.Registry;

using Hebb.Layers;
using Hebb.Tests.Reference;

/// <summary>Layers against values and gradients that PyTorch computed from the same parameters.</summary>
public class LayerReferenceTests
{
    public static TheoryData<string, string> Cases => LayerReferences.Names;

    [Theory, MemberData(nameof(Cases))]
    public void ValuesAndGradientsAgree(string file, string name)
    {
        ReferenceCase item = ReferenceFile.Case(file, name);
        foreach ((DType dtype, double tolerance) in (ReadOnlySpan<(DType, double)>)[(DType.Float64, 1e-12), (DType.Float32, 2e-5)])
        {
            Module layer = LayerReferences.Make(item, dtype);
            Dictionary<string, Tensor> leaves =
                layer.NamedParameters().ToDictionary(parameter => parameter.Name, parameter => (Tensor)parameter.Value);
            Tensor loss = Tensor.Zeros([], dtype);
            foreach ((string output, ReferenceArray expected) in item.Outputs.Where(
                output => output.Key.StartsWith("output", StringComparison.Ordinal)))
            {
                string input = output.Replace("output", "input", StringComparison.Ordinal);
                Tensor x = leaves[input] = Make(item.Inputs[input], dtype);
                x.RequiresGrad = x.DType.IsFloat;
                Tensor y = layer.Forward(x);
                Assert.Equal(expected.Shape, y.Shape.AsSpan().ToArray());
                expected.AssertNear(Values(y), tolerance);
                loss += (y * Make(item.Upstream[output], dtype)).SumTo([]);
            }
            loss.Backward();
            foreach ((string leaf, ReferenceArray gradient) in item.Gradients) gradient.AssertNear(Values(leaves[leaf].Grad!), tolerance);
            foreach ((string state, Tensor value) in layer.NamedState()
                .Where(state => item.Outputs.ContainsKey(state.Name))) item.Outputs[state].AssertNear(Values(value), tolerance);
        }
    }

    private static Tensor Make(ReferenceArray array, DType dtype) =>
        Tensor.From(array.Doubles, new Shape(array.Shape)).Cast(array.DType == "int64" ? DType.Int64 : dtype);

    private static double[] Values(Tensor tensor) => tensor.Detach().Cast(DType.Float64).ToArray<double>();
}
