namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ModuleStateTests
{
    private static Sequential Net() => [new Conv2d(1, 2, 3), new BatchNorm2d(2), new Relu(), new Conv2d(2, 1, 1, bias: false)];

    private static Dictionary<string, Tensor> StateOf(Module net) =>
        net.StateDict().ToDictionary(pair => pair.Key, pair => pair.Value.Clone());

    [Fact]
    public void NamesAreThoseOfPyTorch() => Assert.Equal(
        ["0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var", "1.num_batches_tracked", "3.weight"],
            Net().StateDict().Keys);

    [Fact]
    public void AStrictLoadThatDoesNotFitNamesEverythingAndChangesNothing()
    {
        Sequential net = Net();
        Dictionary<string, Tensor> state = StateOf(net);
        string before = net.StateDict()["0.weight"].ToString();
        state["0.weight"] = Tensor.Zeros([2, 1, 3, 3]);
        state.Remove("0.bias");
        state["3.weight"] = Tensor.Zeros([4]);
        state["1.num_batches_tracked"] = Tensor.Scalar(1.0);
        state["fc.weight"] = Tensor.Zeros([4]);
        string message = Assert.Throws<ArgumentException>(() => net.LoadStateDict(state)).Message;
        Assert.Contains("1 missing: 0.bias", message, StringComparison.Ordinal);
        Assert.Contains("1 unexpected: fc.weight", message, StringComparison.Ordinal);
        Assert.Contains(
            "2 mismatched: 1.num_batches_tracked (float64[] for int64[]), 3.weight (float32[4] for float32[1, 2, 1, 1])", message,
            StringComparison.Ordinal);
        Assert.Equal(before, net.StateDict()["0.weight"].ToString());
    }

    [Fact]
    public void APartialLoadCopiesWhatFitsAndReports()
    {
        Sequential net = Net();
        LoadReport report = net.LoadStateDict(
            new Dictionary<string, Tensor> { ["0.bias"] = Tensor.From<double>(4, 5), ["other"] = Tensor.Zeros([1]) }, strict: false);
        Assert.Equal(["0.bias"], report.Loaded);
        Assert.Equal(["other"], report.Unexpected);
        Assert.Equal(7, report.Missing.Count);
        Assert.False(report.IsComplete);
        Assert.Equal([4f, 5], net.StateDict()["0.bias"].ToArray<float>());
    }

    [Fact]
    public void OpenSizesAreFixedByWhatArrives()
    {
        Conv2d open = new(null, 2, 3);
        Conv2d source = new(4, 2, 3);
        Assert.Equal(2, open.ParameterCount);
        open.CopyFrom(source);
        Assert.Equal("Conv2d(4 → 2, 3x3)", open.ToString());
        Assert.Equal(source.Weight.Detach().ToArray<float>(), open.Weight.Detach().ToArray<float>());
        Assert.Contains(
            "for float32[3, 0, 3, 3]", Assert.Throws<ArgumentException>(() => new Conv2d(null, 3, 3).CopyFrom(source)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TiedLayersLoadUnderEitherName()
    {
        Conv2d tied = new(1, 1, 1, bias: false);
        Sequential net = [tied, tied];
        Assert.Equal(["0.weight"], net.StateDict().Keys);
        Assert.True(net.LoadStateDict(new Dictionary<string, Tensor> { ["1.weight"] = Tensor.Full([1, 1, 1, 1], 6) }).IsComplete);
        Assert.Equal(6, tied.Weight.Detach().Item());
    }
}
