namespace Hebb.Kernels.Tests;

public class NoActivationTests
{
    [Fact]
    public void GivesBackWhatItGets()
    {
        float[] x = [1, -2, float.NaN, 0.5f], y = new float[4];
        Map.Unary(default(NoActivation), x, y);
        Assert.Equal(x, y);
    }
}
