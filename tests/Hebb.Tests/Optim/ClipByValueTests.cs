using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

public class ClipByValueTests
{
    [Fact]
    public void ElementsAreHeldWithinTheLimitAndTheStepsAreCounted()
    {
        Parameter w = new(Tensor.Zeros([4])) { Grad = Tensor.From<float>(5, -5, 0.25f, -0.25f) };
        ClipByValue clip = new(1);
        Optimizer optimizer = new([new ParameterGroup([("w", w)])], new Sgd(), 1) { Hooks = { clip } };
        optimizer.Step();
        Assert.Equal([-1f, 1, -0.25f, 0.25f], w.Detach().ToArray<float>());
        Assert.Equal((5.0, 1L), (clip.LastLargest, clip.Fired));
        w.Grad.Fill(1);
        optimizer.Step();
        Assert.Equal((1.0, 2L, 1L), (clip.LastLargest, clip.Steps, clip.Fired));
    }

    [Fact]
    public void TheGradientItselfStays()
    {
        Parameter w = OneParameter.Filled(0, 7);
        OneParameter.After(w, new ClipByValue(1));
        Assert.Equal([7.0, 7, 7], w.Grad!.ToArray<double>());
    }

    [Fact]
    public void ALimitThatIsNotPositiveIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ClipByValue(-1));
}
