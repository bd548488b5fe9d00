using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class UpdateChangeTests
{
    private sealed class Ask(UpdateChange change) : IUpdateHook
    {
        public void Change(Parameter parameter, double learningRate, ref UpdateChange asked) => asked = change;
    }

    /// <summary>Every change at once, against the documented order worked out by hand.</summary>
    [Theory, InlineData(0.5, 3), InlineData(-0.5, -3), InlineData(2, 0.1), InlineData(0.01, 0), InlineData(0, 0.7)]
    public void ChangesComeInTheirOrder(double w, double g)
    {
        UpdateChange change = new() { Scale = 0.5, Limit = 1.2, Decay = 0.3, Sign = 0.2, Fade = 0.05, Shrink = 0.02 };
        double pull = Math.Clamp(0.5 * g, -1.2, 1.2) + 0.3 * w + 0.2 * Math.Sign(w);
        double moved = w - 0.1 * pull - 0.05 * w;
        double expected = Math.Sign(moved) * Math.Max(Math.Abs(moved) - 0.02, 0);
        Assert.Equal(expected, OneParameter.After(OneParameter.Filled(w, g), new Ask(change)), 1e-15);
        Assert.False(change.IsNone);
    }

    [Fact]
    public void NoChangeIsNone()
    {
        Assert.True(new UpdateChange().IsNone);
        Assert.Equal(0.9, OneParameter.After(OneParameter.Filled(1, 1), new Ask(new UpdateChange())), 1e-15);
    }

    [Fact]
    public void ChangesKeepNaN()
    {
        Assert.True(double.IsNaN(OneParameter.After(OneParameter.Filled(1, double.NaN), new WeightDecay(0.1))));
        Assert.True(double.IsNaN(OneParameter.After(OneParameter.Filled(double.NaN, 1), new L1Penalty(0.1))));
    }
}
