using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class OptimizerTests
{
    [Fact]
    public void ItPrintsItsRuleItsRateWhatItMovesAndItsHooks()
    {
        Adam rule = new();
        Optimizer one = new([new ParameterGroup([("w", OneParameter.Filled(1, 1))])], rule);
        Assert.Equal($"Optimizer({rule}, learning rate 0.001, 1 parameter)", one.ToString());
        Optimizer two = new(
            [new ParameterGroup([("v", OneParameter.Filled(1, 1))]), new ParameterGroup([("w", OneParameter.Filled(1, 1))])], rule, 0.5)
        { Hooks = { new ClipByNorm(1) } };
        Assert.Equal($"Optimizer({rule}, learning rate 0.5, 2 parameters, 2 groups, ClipByNorm {{ Limit = 1 }})", two.ToString());
    }

    [Fact]
    public void FrozenParametersAndThoseWithoutGradientRest()
    {
        Parameter frozen = OneParameter.Filled(1, 1), untouched = OneParameter.Filled(1, 1);
        frozen.RequiresGrad = false;
        untouched.ZeroGrad();
        Optimizer optimizer = new([new ParameterGroup([("frozen", frozen), ("untouched", untouched)])], new Adam());
        optimizer.Step();
        Assert.Equal((1.0, 1.0), (OneParameter.Value(frozen), OneParameter.Value(untouched)));
        Assert.Empty(optimizer.StateDict());
    }

    [Fact]
    public void AStepIsAWriteInPlaceThatBackwardNotices()
    {
        Parameter w = new(Tensor.Full([1], 2, DType.Float64));
        Tensor y = w * w;
        w.Grad = Tensor.Ones([1], DType.Float64);
        new Optimizer([new ParameterGroup([("w", w)])], new Sgd()).Step();
        Assert.Contains("changed in place", Assert.Throws<InvalidOperationException>(() => y.Backward()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ZeroGradForgets()
    {
        Parameter w = OneParameter.Filled(1, 1);
        new Optimizer([new ParameterGroup([("w", w)])], new Sgd()).ZeroGrad();
        Assert.Null(w.Grad);
    }

    [Fact]
    public void GradientsOfStridedMemoryAreRead()
    {
        Parameter w = new(Tensor.Zeros([2, 2], DType.Float64)) { Grad = Tensor.From(new[,] { { 1.0, 2 }, { 3, 4 } }).T };
        new Optimizer([new ParameterGroup([("w", w)])], new Sgd(), 1).Step();
        Assert.Equal([-1.0, -3, -2, -4], w.Detach().ToArray<double>());
    }

    [Fact]
    public void WhatDoesNotFitIsNamed()
    {
        Parameter w = OneParameter.Filled(1, 1);
        ParameterGroup group = new([("w", w)]);
        Assert.Contains(
            "'w' is in the groups twice", Assert.Throws<ArgumentException>(() => new Optimizer([group, group], new Sgd())).Message,
            StringComparison.Ordinal);
        Optimizer optimizer = new([group], new Adam());
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.LearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => group.LearningRateFactor = -1);
        w.Grad = Tensor.Ones([3]);
        Assert.Contains(
            "gradient of 'w' is float32[3]", Assert.Throws<InvalidOperationException>(optimizer.Step).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(DType.Float32, true), InlineData(DType.Float64, false)]
    public void ALearningRateThatTheParametersTakeForNothingIsRefused(DType type, bool isRefused)
    {
        ParameterGroup[] groups = [new([("w", new Parameter(Tensor.Ones([3], type)))])];
        if (isRefused)
        {
            string message = Assert.Throws<ArgumentOutOfRangeException>(() => new Optimizer(groups, new Adam(), 1e-50)).Message;
            Assert.Contains("'learningRate' is 1E-50; give 0, or at least 1e-45", message, StringComparison.Ordinal);
        }
        else Assert.Equal(1e-50, new Optimizer(groups, new Adam(), 1e-50).LearningRate);
        Assert.Equal(0, new Optimizer(groups, new Adam(), 0).LearningRate);
    }

    [Fact]
    public void AStateBeyondFloat32IsRefused()
    {
        Parameter w = new(Tensor.Ones([3])) { Grad = Tensor.Ones([3]) };
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new Adam());
        optimizer.Step();
        Dictionary<string, Tensor> state = optimizer.StateDict().ToDictionary(pair => pair.Key, pair => pair.Value.Clone());
        state["w.exp_avg"] = Tensor.Full([3], 1e300, DType.Float64);
        Assert.Contains("'w.exp_avg' holds 1E+300 at 0, but float32 ends at 3.4e38",
            Assert.Throws<ArgumentException>(() => optimizer.LoadStateDict(state)).Message, StringComparison.Ordinal);
        Assert.Equal(1, optimizer.StateDict()["w.step"].Item<long>());
    }

    [Fact]
    public void StateThatDoesNotFitIsRefusedWhole()
    {
        Parameter w = OneParameter.Filled(1, 1);
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new Adam());
        optimizer.Step();
        Dictionary<string, Tensor> state = optimizer.StateDict().ToDictionary(pair => pair.Key, pair => pair.Value.Clone());
        Assert.Equal(["w.step", "w.exp_avg", "w.exp_avg_sq"], state.Keys);
        optimizer.Step();
        double kept = optimizer.StateDict()["w.exp_avg"].ToArray<double>()[0];

        Refused("lacks 'w.exp_avg'", state => state.Remove("w.exp_avg"));
        Refused("holds 'v.exp_avg'", state => state.Add("v.exp_avg", Tensor.Zeros([3])));
        Refused("'w.exp_avg' is float64[2]", state => state["w.exp_avg"] = Tensor.Zeros([2], DType.Float64));
        optimizer.LoadStateDict(state);
        Assert.Equal(1, optimizer.StateDict()["w.step"].Item<long>());

        void Refused(string expected, Action<Dictionary<string, Tensor>> damage)
        {
            Dictionary<string, Tensor> damaged = new(state);
            damage(damaged);
            Assert.Contains(
                expected, Assert.Throws<ArgumentException>(() => optimizer.LoadStateDict(damaged)).Message, StringComparison.Ordinal);
            Assert.Equal(kept, optimizer.StateDict()["w.exp_avg"].ToArray<double>()[0]);
        }
    }
}
