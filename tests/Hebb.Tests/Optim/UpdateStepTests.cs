using System.Runtime.CompilerServices;
using Hebb.Kernels;
using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class UpdateStepTests
{
    /// <summary>A rule as a user would write it: w ← w - η t g, with a state that counts.</summary>
    private sealed class Growing(params string[] names) : IUpdateRule
    {
        public double DefaultLearningRate => 0.5;

        public IReadOnlyList<string> StateNames => names;

        public void Apply(in UpdateStep step) => step.Run(new Counted(step.LearningRate * step.Number));

        private readonly struct Counted(Coefficient rate) : IUpdateLane
        {
            public static int StateCount { [MethodImpl(MethodImplOptions.AggressiveInlining)] get => 1; }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public void Lane<V>(ref V w, V g, ref V s, ref V r) where V : struct, ILane<V>
            {
                s += V.Of(1);
                w -= V.Of(rate) * g;
            }
        }
    }

    private sealed class Hasty : IUpdateRule
    {
        public double DefaultLearningRate => 0.5;

        public IReadOnlyList<string> StateNames => [];

        public void Apply(in UpdateStep step)
        {
            step.Run(default(Nothing));
            step.Run(default(Nothing));
        }

        private readonly struct Nothing : IUpdateLane
        {
            public static int StateCount => 0;

            public void Lane<V>(ref V w, V g, ref V s, ref V r) where V : struct, ILane<V> { }
        }
    }

    [Fact]
    public void ARuleRunsOneLaneForEachUpdate()
    {
        Optimizer optimizer = new([new ParameterGroup([("w", OneParameter.Filled(0, 1))])], new Hasty());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(optimizer.Step);
        Assert.Contains("write them as one lane", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ARuleKnowsTheRateAndTheNumberOfItsUpdate()
    {
        Parameter w = OneParameter.Filled(0, 1);
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new Growing("count"));
        for (int i = 0; i < 3; i++) optimizer.Step();
        Assert.Equal(-3.0, OneParameter.Value(w));
        Assert.Equal([3.0, 3, 3], optimizer.StateDict()["w.count"].ToArray<double>());
    }

    [Fact]
    public void ALaneWithOtherStatesThanItsRuleIsRefused()
    {
        Optimizer optimizer = new([new ParameterGroup([("w", OneParameter.Filled(0, 1))])], new Growing("one", "two"));
        Assert.Contains("names 2", Assert.Throws<InvalidOperationException>(optimizer.Step).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Optimizer([], new Growing("one", "two", "three")));
    }
}
