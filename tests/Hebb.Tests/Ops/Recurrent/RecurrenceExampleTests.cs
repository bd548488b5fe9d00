using Hebb.Layers;

namespace Hebb.Tests.Ops.Recurrent;

/// <summary>Worked examples of single cells, and the recurrences that textbooks derive by hand.</summary>
public class RecurrenceExampleTests
{
    private static Tensor Row(params double[] numbers) => Tensor.From(numbers, [1, numbers.Length]);

    /// <summary>h and c of an LSTM with one unit whose gates have the given drives, from h = 0 and c.</summary>
    private static (double H, double C) Lstm(LstmOutput form, double i, double f, double g, double o, double c)
    {
        Lstm layer = new Lstm(1, 1, form: form).To(DType.Float64);
        foreach ((string name, Parameter value) in layer.NamedParameters())
            value.Detach().Assign(name == "bias_ih_l0" ? Tensor.From<double>(i, f, g, o) : Tensor.Zeros(value.Shape, DType.Float64));
        Tensor h = Tensor.Zeros([1, 1, 1], DType.Float64);
        (Tensor y, RecurrentState state) = layer.Step(Row(0), new(h, Tensor.Full([1, 1, 1], c, DType.Float64)));
        return (y.Detach().Item(), state.C!.Item());
    }

    [Theory]
    [InlineData(LstmOutput.GatedTanh, 0.402359)]
    [InlineData(LstmOutput.TanhOfGated, 0.504950)]
    [InlineData(LstmOutput.GatedSigmoid, 0.376237)]
    public void ACellWithGatesHalfOpenGivesTheWorkedNumbers(LstmOutput form, double expected)
    {
        (double h, double c) = Lstm(form, i: 0, f: 1, g: 1, o: 0, c: 1);
        Assert.Equal(1.111856, c, 1e-6);
        Assert.Equal(expected, h, 1e-6);
    }

    [Theory]
    [InlineData(LstmOutput.GatedTanh)]
    [InlineData(LstmOutput.TanhOfGated)]
    public void WithOpenGatesAnLstmIsASimpleCellAndATanh(LstmOutput form) =>
        Assert.Equal(0.540150, Lstm(form, i: 1e3, f: -1e3, g: 0.7, o: 1e3, c: 5).H, 1e-6);

    [Fact]
    public void AGruMixesTheOldStateAndTheNew()
    {
        // h = 1, n = tanh 1; the gate u weighs the old state, as in PyTorch, so u = σ(-1) weighs the new one by σ(1).
        double Gru(double u)
        {
            Gru layer = new Gru(1, 1).To(DType.Float64);
            foreach ((string name, Parameter value) in layer.NamedParameters())
                value.Detach().Assign(name == "bias_ih_l0" ? Tensor.From<double>(0, u, 1) : Tensor.Zeros(value.Shape, DType.Float64));
            return layer.Step(Row(0), new(Tensor.Ones([1, 1, 1], DType.Float64))).Output.Item();
        }
        Assert.Equal(0.935883, Gru(1), 1e-6);
        Assert.Equal(0.825711, Gru(-1), 1e-6);
        Assert.Equal(0.880797, Gru(0), 1e-6);
    }

    [Theory]
    [InlineData(0.99, 0.366, 1e-3)]
    [InlineData(0.5, 7.9e-31, 1e-32)]
    public void TheGradientAlongCellStatesIsTheProductOfTheForgetGates(double gate, double expected, double within)
    {
        Lstm layer = new Lstm(1, 1).To(DType.Float64);
        double drive = Math.Log(gate / (1 - gate));
        foreach ((string name, Parameter value) in layer.NamedParameters())
            value.Detach().Assign(name == "bias_ih_l0" ? Tensor.From<double>(0, drive, 0, 0) : Tensor.Zeros(value.Shape, DType.Float64));
        Tensor c = Tensor.Ones([1, 1, 1], DType.Float64).Track();
        RecurrentState last = layer.Run(Tensor.Zeros([1, 100, 1], DType.Float64), new(Tensor.Zeros([1, 1, 1], DType.Float64), c)).Last;
        Assert.Equal(expected, Gradient.Of(last.C!.Sum(), c).Item(), within);
    }
}
