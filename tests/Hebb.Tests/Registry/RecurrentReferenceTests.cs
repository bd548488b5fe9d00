namespace Hebb.Tests.Registry;

using Hebb.Layers;
using Hebb.Tests.Reference;

/// <summary>Recurrent layers against values and gradients that PyTorch computed from the same parameters and first states.</summary>
public class RecurrentReferenceTests
{
    public static TheoryData<string> Cases => [.. ReferenceFile.Load("recurrent").Cases.Select(item => item.Name)];

    [Theory, MemberData(nameof(Cases))]
    public void ValuesAndGradientsAgree(string name)
    {
        ReferenceCase item = ReferenceFile.Case("recurrent", name);
        foreach ((DType dtype, double tolerance) in (ReadOnlySpan<(DType, double)>)[(DType.Float64, 1e-12), (DType.Float32, 2e-5)])
        {
            Dictionary<string, Tensor> leaves = item.Inputs.ToDictionary(input => input.Key, input => Make(input.Value, dtype));
            RecurrentLayer layer = Layer(item, leaves["input"].Shape[2]).To(dtype);
            layer.LoadStateDict(leaves.Where(leaf => leaf.Key.Contains('_', StringComparison.Ordinal)).ToDictionary());
            foreach ((string parameter, Parameter value) in layer.NamedParameters()) leaves[parameter] = value;
            foreach (Tensor leaf in leaves.Values) leaf.RequiresGrad = true;
            Tensor? lengths = item.Has("lengths") ? Tensor.From<long>([.. item.Ints("lengths").Select(length => (long)length)]) : null;
            RecurrentState? first = leaves.TryGetValue("h0", out Tensor? h0) ? new(h0, leaves.GetValueOrDefault("c0")) : null;

            (Tensor outputs, RecurrentState last) = layer.Run(leaves["input"], first, lengths);

            Tensor loss = Tensor.Zeros([], dtype);
            foreach ((string output, Tensor? y) in new[] { ("output", outputs), ("h", last.H), ("c", last.C) })
            {
                if (y is null) continue;
                item.Outputs[output].AssertNear(Values(y), tolerance);
                loss += (y * Make(item.Upstream[output], dtype)).SumTo([]);
            }
            loss.Backward();
            foreach ((string leaf, ReferenceArray gradient) in item.Gradients) gradient.AssertNear(Values(leaves[leaf].Grad!), tolerance);
        }
    }

    private static RecurrentLayer Layer(ReferenceCase item, int inputs)
    {
        RecurrentOptions options = new()
        {
            Layers = item.Int("layers"),
            IsBidirectional = item.Flag("bidirectional"),
            HasBias = item.Flag("bias"),
        };
        int units = item.Int("units");
        return item.Op switch
        {
            "Rnn" => new Rnn(
                inputs, units, options, item.Text("function") == "relu" ? RecurrentActivation.Relu : RecurrentActivation.Tanh),
            "Lstm" => new Lstm(inputs, units, options),
            _ => new Gru(inputs, units, options),
        };
    }

    private static Tensor Make(ReferenceArray array, DType dtype) => Tensor.From(array.Doubles, new Shape(array.Shape)).Cast(dtype);

    private static double[] Values(Tensor tensor) => tensor.Detach().Cast(DType.Float64).ToArray<double>();
}
