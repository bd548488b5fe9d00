using Hebb.Diagnostics;

namespace Hebb.Tests.Diagnostics;

public class HiddenUnitsTests
{
    [Fact]
    public void DigitsOf784PixelsAndTenClasses()
    {
        HiddenUnits rules = new(784, 10);
        Assert.Equal((10, 784, 1568), (rules.Least, rules.Most, rules.Limit));
        Assert.Equal(532.67, rules.TwoThirds, 5e-3);
        Assert.Throws<ArgumentOutOfRangeException>(() => new HiddenUnits(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new HiddenUnits(1, 0));
    }
}
