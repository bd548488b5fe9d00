using Hebb.Ops;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Ops;

/// <summary>Ops against values and gradients computed by PyTorch.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, Func<ReferenceCase, Tensor[], Tensor>> s_functions = new()
    {
        ["Sigmoid"] = (_, x) => x[0].Sigmoid(),
        ["Tanh"] = (_, x) => x[0].Tanh(),
        ["Atan"] = (_, x) => x[0].Atan(),
        ["Relu"] = (_, x) => x[0].Relu(),
        ["LeakyRelu"] = (c, x) => x[0].LeakyRelu(c.Number("negative_slope")),
        ["Elu"] = (c, x) => x[0].Elu(c.Number("alpha")),
        ["Gelu"] = (c, x) => c.Text("approximate") == "tanh" ? x[0].GeluTanh() : x[0].Gelu(),
        ["Silu"] = (_, x) => x[0].Silu(),
        ["Softplus"] = (c, x) => x[0].Softplus(c.Number("beta")),
        ["PRelu"] = (_, x) => x[0].PRelu(x[1].Reshape(-1, 1)),
        ["Einsum"] = (c, x) => Tensor.Einsum(c.Text("equation"), x),
        ["MatMul"] = (_, x) => x[0].MatMul(x[1]),
        ["Norm"] = (c, x) =>
            x[0].Norm(c.Text("p") == "inf" ? double.PositiveInfinity : double.Parse(c.Text("p")), Axes(c), c.Has("keep") && c.Flag("keep")),
        ["Prod"] = (c, x) => x[0].Prod(Axes(c), c.Has("keep") && c.Flag("keep")),
        ["CumSum"] = (c, x) => x[0].CumulativeSum(c.Int("axis")),
        ["Var"] = (c, x) => x[0].Variance(Axes(c), c.Flag("unbiased") ? 1 : 0),
        ["Std"] = (c, x) => x[0].StandardDeviation(Axes(c), c.Flag("unbiased") ? 1 : 0),
        ["LogSumExp"] = (c, x) => x[0].LogSumExp(Axes(c)),
        ["Max"] = (c, x) => x[0].Max(Axes(c)),
        ["Min"] = (c, x) => x[0].Min(Axes(c)),
        ["ArgMax"] = (c, x) => x[0].ArgMax(c.Int("axis")),
        ["ArgMin"] = (c, x) => x[0].ArgMin(c.Int("axis")),
        ["Sort"] = (c, x) => x[0].Sort(c.Int("axis"), c.Flag("descending")).Values,
        ["TopK"] = (c, x) => x[0].TopK(c.Int("k"), c.Int("axis"), c.Flag("largest")).Values,
        ["Gather"] = (c, x) => x[0].Gather(c.Int("axis"), x[1]),
        ["IndexSelect"] = (c, x) => x[0].Take(x[1], c.Int("axis")),
        ["Scatter"] = (c, x) => x[0].Scatter(c.Int("axis"), x[1], x[2]),
        ["ScatterAdd"] = (c, x) => x[0].ScatterAdd(c.Int("axis"), x[1], x[2]),
        ["OneHot"] = (c, x) => x[0].OneHot(c.Int("classes"), DType.Int64),
        ["Where"] = (_, x) => Tensor.Where(x[0], x[1], x[2]),
        ["Clip"] = (c, x) => x[0].Clip(c.Number("low"), c.Number("high")),
        ["Pad"] = (c, x) => x[0].Pad(c.Ints("before"), c.Ints("after"), value: c.Number("value")),
        ["Flip"] = (c, x) => x[0].Flip(c.Ints("axes")),
        ["Repeat"] = (c, x) => x[0].Tile(c.Ints("repeats")),
        ["BroadcastTo"] = (c, x) => x[0].BroadcastTo(new Shape((ReadOnlySpan<int>)c.Ints("shape"))),
    };

    private static readonly Dictionary<string, Func<ReferenceCase, Tensor, Tensor>> s_indices = new()
    {
        ["Max"] = (c, x) => x.MaxWithIndex(c.Int("axis")).Indices,
        ["Min"] = (c, x) => x.MinWithIndex(c.Int("axis")).Indices,
        ["Sort"] = (c, x) => x.Sort(c.Int("axis"), c.Flag("descending")).Indices,
        ["TopK"] = (c, x) => x.TopK(c.Int("k"), c.Int("axis"), c.Flag("largest")).Indices,
    };

    /// <summary>Our extremes give the gradient to the first of equals, never a share to each.</summary>
    public static TheoryData<string, string> Cases =>
        [.. from file in (string[])["activations", "ops"]
            from item in ReferenceFile.Load(file).Cases
            where s_functions.ContainsKey(item.Op) && !(item.Has("ties") && item.Text("ties") == "shared")
            select (file, item.Name)];

    [Theory, MemberData(nameof(Cases))]
    public void ValuesAndGradientsAgree(string file, string name)
    {
        ReferenceCase item = ReferenceFile.Case(file, name);
        Tensor[] inputs = [.. item.Inputs.Select(pair => Of(pair.Value, isTracked: item.Gradients.ContainsKey(pair.Key)))];
        Tensor y = s_functions[item.Op](item, inputs);
        Assert.Equal(item.Outputs["output"].Shape, y.Shape.AsSpan().ToArray());
        item.Outputs["output"].AssertNear(Registry.NumberArray.Of(y).Values, 1e-13);
        if (item.Outputs.TryGetValue("indices", out ReferenceArray? indices))
            Assert.Equal(indices.Longs(), s_indices[item.Op](item, inputs[0]).ToArray<long>());
        if (item.Gradients.Count == 0) return;
        Tensor[] gradients = Gradient.Of(y, inputs, Of(item.Upstream["output"], isTracked: false));
        int i = 0;
        foreach (string input in item.Inputs.Keys)
        {
            if (item.Gradients.TryGetValue(input, out ReferenceArray? expected)) expected.AssertNear(gradients[i].ToArray<double>(), 1e-13);
            i++;
        }
    }

    private static Tensor Of(ReferenceArray array, bool isTracked)
    {
        Shape shape = new((ReadOnlySpan<int>)array.Shape);
        Tensor tensor = array.DType switch
        {
            "int64" => Tensor.From(array.Longs(), shape),
            "bool" => Tensor.From(array.Bools(), shape),
            _ => Tensor.From(array.Doubles, shape),
        };
        tensor.RequiresGrad = isTracked;
        return tensor;
    }

    private static int[] Axes(ReferenceCase item) => item.Has("axis") ? [item.Int("axis")] : [];
}
