namespace Hebb.Tests.Registry;

using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Optim;
using Hebb.Testing;
using Hebb.Training;

/// <summary>What holds of every layer.</summary>
public class LayerSuiteTests
{
    public static TheoryData<string> Names => LayerCases.Names;

    public static TheoryData<string> Callable => [.. LayerCases.All.Where(item => item.IsCallable).Select(item => item.Name)];

    private static Tensor InputOf(LayerCase item, DType dtype = DType.Float64) => item.Classes is { } classes
        ? Tensor.From<long>([.. Enumerable.Range(0, item.Input.Count).Select(i => i * 7L % classes)], item.Input)
            .Cast(item.AreCodes ? dtype : DType.Int64)
        : Input.Between(-2, 2, item.Input, item.Kinks).Make(dtype);

    private static Tensor Run(Module layer, Tensor x)
    {
        // Every run sees the same masks.
        layer.Noise = new Rng(7, RngStreams.Dropout);
        return layer.Forward(x);
    }

    [Theory, MemberData(nameof(Names))]
    public void PrintsItself(string name) =>
        Assert.StartsWith(LayerCases.Of(name).Prints, LayerCases.Of(name).Make().ToString(), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Callable))]
    public void GivesTheShapeOfItsResult(string name)
    {
        LayerCase item = LayerCases.Of(name);
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64])
        {
            Tensor y = item.Make().To(dtype).Forward(InputOf(item, dtype));
            Assert.Equal(item.Output, y.Shape);
            Assert.Equal(dtype, y.DType);
        }
    }

    [Theory, MemberData(nameof(Callable))]
    public void ShapesNeedNoData(string name)
    {
        LayerCase item = LayerCases.Of(name);
        Module layer = item.Make();
        TensorSpec input = InputOf(item, DType.Float32).Spec;
        ModelSummary summary = ModelSummary.Of(layer, input);
        Assert.Equal(layer.Forward(InputOf(item, DType.Float32)).Spec, layer.Infer(input));
        Assert.Equal(item.Output, summary.Layers[^1].Output);
        Assert.Equal(layer.ParameterCount, summary.Parameters);
        Assert.DoesNotContain(layer.Parameters(), parameter => parameter.IsOpen);
    }

    [Theory, MemberData(nameof(Callable))]
    public void GradientsAgreeWithDifferences(string name)
    {
        LayerCase item = LayerCases.Of(name);
        if (!item.HasGradient) return;
        Module layer = item.Make().To(DType.Float64);
        Tensor x = InputOf(item);
        x.RequiresGrad = x.DType.IsFloat && !item.AreCodes;
        Tensor weights = Input.Between(-1, 1, Run(layer, x).Shape).Make(DType.Float64);
        (string Name, Tensor Value)[] leaves = [.. x.RequiresGrad ? [("input", x)] : Array.Empty<(string, Tensor)>(),
            .. layer.NamedParameters().Select(parameter => (parameter.Name, (Tensor)parameter.Value))];
        Tensor[] analytic = Gradient.Of(Loss(), [.. leaves.Select(leaf => leaf.Value)]);
        for (int i = 0; i < leaves.Length; i++)
        {
            Tensor leaf = leaves[i].Value;
            double[] start = leaf.Detach().ToArray<double>();
            Differences.Check(
                start, moved => { Set(moved); return Loss().Item(); }, analytic[i].ToArray<double>(), 1e-7, $"{name}, {leaves[i].Name}");
            Set(start);

            void Set(double[] values)
            {
                using (new NoGrad()) leaf.Assign<double>(values);
            }
        }

        Tensor Loss() => (Run(layer, x) * weights).SumTo([]);
    }

    [Theory, MemberData(nameof(Callable))]
    public void SinglePrecisionAgreesWithDouble(string name)
    {
        LayerCase item = LayerCases.Of(name);
        Module narrow = item.Make();
        Run(narrow, InputOf(item, DType.Float32));
        Module wide = narrow.Clone().To(DType.Float64);
        double[] y = Run(narrow, InputOf(item, DType.Float32)).Detach().Cast(DType.Float64).ToArray<double>();
        Near.Assert(Run(wide, InputOf(item)).Detach().ToArray<double>(), y, 1e-5, name);
    }

    [Theory, MemberData(nameof(Callable))]
    public void ACompiledPassGivesTheBitsOfAnEagerOneAndAllocatesNothing(string name)
    {
        LayerCase item = LayerCases.Of(name);
        Module layer = item.Make();
        Tensor x = InputOf(item, DType.Float32);
        Run(layer, x);
        layer.Eval();
        float[] eager = layer.Forward(x).Detach().ToArray<float>();
        CompiledInference compiled = Compiled.Infer(layer);
        Assert.Equal(eager, compiled.Run(x).ToArray<float>());
        Tensor y = Tensor.Zeros(item.Output);
        for (int i = 0; i < 50; i++) compiled.Run(x, y);
        Assert.Equal(eager, y.ToArray<float>());
        Assert.Equal(0, Allocations.Of(() => { for (int i = 0; i < 20; i++) compiled.Run(x, y); }));
    }

    [Theory, MemberData(nameof(Callable))]
    public void ACompiledTrainingStepAllocatesNothing(string name)
    {
        LayerCase item = LayerCases.Of(name);
        Module layer = item.Make();
        if (layer.ParameterCount == 0 && layer.Parameters().All(parameter => !parameter.IsOpen)) return;
        Tensor x = InputOf(item, DType.Float32), weights = Input.Between(-1, 1, item.Output).Make(DType.Float32);
        CompiledStep step = Compiled.Step(layer, new Optimizer(layer, new Sgd(), 1e-4), (y, w) => (y * w).Sum());
        for (int i = 0; i < 50; i++) step.Run(x, weights);
        Assert.Equal(0, Allocations.Of(() => { for (int i = 0; i < 20; i++) step.Run(x, weights); }));
    }

    [Theory, MemberData(nameof(Callable))]
    public void StateGoesIntoAnotherOfItsKind(string name)
    {
        LayerCase item = LayerCases.Of(name);
        Module layer = item.Make();
        layer.Initialize(5);
        Tensor x = InputOf(item, DType.Float32);
        Run(layer, x);
        Module other = item.Make();
        LoadReport report = other.LoadStateDict(layer.StateDict().ToDictionary(pair => pair.Key, pair => pair.Value.Clone()));
        Assert.True(report.IsComplete);
        layer.Eval();
        other.Eval();
        Assert.Equal(Run(layer, x).Detach().ToArray<float>(), Run(other, x).Detach().ToArray<float>());
    }

    [Theory, MemberData(nameof(Callable))]
    public void ACloneIsEqualAndSharesNothing(string name)
    {
        LayerCase item = LayerCases.Of(name);
        Module layer = item.Make();
        Tensor x = InputOf(item, DType.Float32);
        Run(layer, x);
        Module copy = layer.Clone();
        Assert.Equal(layer.ToString(), copy.ToString());
        Assert.Equal(layer.StateDict().Select(pair => (pair.Key, pair.Value.ToString())),
            copy.StateDict().Select(pair => (pair.Key, pair.Value.ToString())));
        Assert.Empty(layer.StateDict().Values.Select(value => value.Storage)
            .Intersect(copy.StateDict().Values.Select(value => value.Storage)));
        Assert.Equal(Run(layer, x).Detach().ToArray<float>(), Run(copy, x).Detach().ToArray<float>());
    }

    [Theory, MemberData(nameof(Names))]
    public void AFreshOneHasTheStartValuesOfSeedZero(string name)
    {
        LayerCase item = LayerCases.Of(name);
        Module fresh = item.Make(), started = item.Make(), other = item.Make();
        started.Initialize(0);
        other.Initialize(1);
        Assert.Equal(Values(fresh), Values(started));
        bool isRandom = fresh.Parameters().Any(
            parameter => parameter.Count > 1 && parameter.Detach().ToArray<float>().Distinct().Count() > 1);
        if (isRandom) Assert.NotEqual(Values(fresh), Values(other));

        static string[] Values(Module module) => [.. module.Parameters().Select(parameter => parameter.ToString())];
    }

    [Fact]
    public void AnInputThatDoesNotFitIsNamedWithTheLayer()
    {
        foreach (LayerCase item in LayerCases.All.Where(item => item.Misfit is not null))
        {
            ShapeException error = Assert.Throws<ShapeException>(() => item.Make().Forward(Tensor.Zeros(item.Misfit!.Value)));
            string layer = item.Prints == "Sequential" ? "In layer '0', Conv2d(1 → 2" : item.Prints;
            Assert.StartsWith(layer, error.Message, StringComparison.Ordinal);
            Assert.Contains($"float32{item.Misfit}", error.Message, StringComparison.Ordinal);
        }
    }
}
