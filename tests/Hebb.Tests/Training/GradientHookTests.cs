using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Tests.Training;

/// <summary>Hooks on gradients that come and go between compiled steps change what these compute, as in eager mode.</summary>
public class GradientHookTests
{
    private static readonly Tensor s_x = Tensor.Uniform([4, 3], new Rng(1)), s_target = Tensor.Uniform([4, 2], new Rng(2));

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2)]
    public void Compiled_steps_notice_hooks_that_come_and_go(int scenario)
    {
        (Net eager, Net compiled) = (new(), new());
        Optimizer eagerOptimizer = new(eager, new Sgd(0.9), 0.1), optimizer = new(compiled, new Sgd(0.9), 0.1);
        CompiledStep step = Compiled.Step(compiled, optimizer, new MseLoss().Forward);
        List<IDisposable> hooks = [];
        for (int i = 0; i < 9; i++)
        {
            if (i % 3 == 0) foreach (Net net in (Net[])[eager, compiled]) hooks.Add(Hook(net));
            if (i is 2 or 8)
            {
                hooks.ForEach(hook => hook.Dispose());
                hooks.Clear();
            }
            eagerOptimizer.ZeroGrad();
            new MseLoss().Forward(eager.Forward(s_x), s_target).Backward();
            eagerOptimizer.Step();
            step.Run(s_x, s_target);
            foreach ((string name, Tensor value) in eager.StateDict())
                Assert.Equal(value.ToArray<float>(), compiled.StateDict()[name].ToArray<float>());
        }

        IDisposable Hook(Net net) => scenario switch
        {
            0 => net.First.Weight.OnGradient(gradient => gradient * 0),
            1 => net.Second.Bias!.OnGradient(gradient => gradient * 2),
            _ => net.First.Weight.OnGradient(_ => null),
        };
    }

    [Fact]
    public void A_plan_is_found_again_when_the_hook_is_gone()
    {
        Net net = new();
        CompiledStep step = Compiled.Step(net, new Optimizer(net, new Sgd(), 0.1), new MseLoss().Forward);
        step.Run(s_x, s_target);
        int before = net.Forwards;
        using (net.First.Weight.OnGradient(gradient => gradient)) step.Run(s_x, s_target);
        int with = net.Forwards;
        step.Run(s_x, s_target);
        Assert.True(with > before, "The step was not recorded again.");
        Assert.Equal(with, net.Forwards);
    }

    [Fact]
    public void A_hook_of_a_leaf_that_is_used_twice_sees_the_whole_gradient_once()
    {
        Tensor x = Tensor.From<double>(3).Track();
        List<double> seen = [];
        x.OnGradient(gradient =>
        {
            seen.Add(gradient.Item());
            return gradient.Clip(-4, 4);
        });
        (x * x + 5 * x).Sum().Backward();
        Assert.Equal([11.0], seen);
        Assert.Equal(4, x.Grad!.Item());
        Assert.Equal(4, Gradient.Of((x * x + 5 * x).Sum(), x).Item());
    }

    [Fact]
    public void A_hook_may_take_itself_away_and_only_itself()
    {
        Tensor x = Tensor.From<double>(3).Track();
        int calls = 0;
        Func<Tensor, Tensor?> count = _ =>
        {
            calls++;
            return null;
        };
        IDisposable? own = null;
        IDisposable first = x.OnGradient(count), second = x.OnGradient(count);
        own = x.OnGradient(_ =>
        {
            own!.Dispose();
            return null;
        });
        x.OnGradient(count);
        (x * x).Sum().Backward();
        Assert.Equal(3, calls);
        first.Dispose();
        first.Dispose();
        (x * x).Sum().Backward();
        Assert.Equal(5, calls);
        second.Dispose();
    }

    private sealed class Net : Module
    {
        public Net()
        {
            Child(First = new Linear(3, 5), "first");
            Child(Second = new Linear(5, 2), "second");
        }

        public Linear First { get; }

        public Linear Second { get; }

        public int Forwards { get; private set; }

        protected override Tensor OnForward(Tensor x)
        {
            Forwards++;
            Tensor hidden = First.Forward(x).Tanh();
            if (hidden.RequiresGrad) hidden.OnGradient(gradient => gradient * 0.5);
            return Second.Forward(hidden);
        }
    }
}
