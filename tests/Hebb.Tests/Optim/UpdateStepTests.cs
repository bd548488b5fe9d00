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
            public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
            {
                s[0] += V.Of(1);
                return w - V.Of(rate) * g;
            }
        }
    }

    /// <summary>w ← w - (mean of the last five gradients), each kept in a state of its own; or a sixth is asked for.</summary>
    private sealed class LastFive(bool asksForSix = false) : IUpdateRule
    {
        public double DefaultLearningRate => 1;

        public IReadOnlyList<string> StateNames => ["g1", "g2", "g3", "g4", "g5"];

        public void Apply(in UpdateStep step)
        {
            if (asksForSix) step.Run(default(Sixth));
            else step.Run(default(Mean));
        }

        private readonly struct Mean : IUpdateLane
        {
            public static int StateCount => 5;

            public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>
            {
                s[4] = s[3];
                s[3] = s[2];
                s[2] = s[1];
                s[1] = s[0];
                s[0] = g;
                return w - V.Of(0.2) * (s[0] + s[1] + s[2] + s[3] + s[4]);
            }
        }

        private readonly struct Sixth : IUpdateLane
        {
            public static int StateCount => 5;

            public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V> => w - s[5];
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

            public V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V> => w;
        }
    }

    [Fact]
    public void ARuleRunsOneLaneForEachUpdate()
    {
        Optimizer optimizer = new([new ParameterGroup([("w", OneParameter.Filled(0, 1))])], new Hasty());
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(optimizer.Step);
        Assert.Contains("write them as one lane", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(3), InlineData(40), InlineData(70000)]
    public void AnUpdateHasRoomForFiveStates(int size)
    {
        Parameter w = new(Tensor.Zeros([size], DType.Float64));
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new LastFive());
        for (int i = 1; i <= 7; i++)
        {
            w.Grad = Tensor.Full([size], i, DType.Float64);
            optimizer.Step();
        }
        // Sums of the last five of 1, 2, ... 7: 1, 3, 6, 10, 15, 20, 25.
        Assert.All(w.Detach().ToArray<double>(), value => Assert.Equal(-80 / 5.0, value, 1e-12));
        Assert.All(Enumerable.Range(1, 5), i => Assert.Equal(8.0 - i, optimizer.StateDict()[$"w.g{i}"].ToArray<double>()[^1]));
    }

    [Fact]
    public void AStateThatTheLaneDoesNotHaveIsRefused()
    {
        Optimizer optimizer = new([new ParameterGroup([("w", OneParameter.Filled(0, 1))])], new LastFive(asksForSix: true));
        Assert.Contains("state 5", Assert.Throws<ArgumentOutOfRangeException>(optimizer.Step).Message, StringComparison.Ordinal);
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
        Assert.Contains("room for 5", Assert.Throws<ArgumentException>(() => new Optimizer([], new Growing("1", "2", "3", "4", "5", "6")))
            .Message, StringComparison.Ordinal);
    }
}
