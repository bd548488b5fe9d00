using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class TargetTests
{
    [Fact]
    public void Targets_are_equal_by_kind_and_names()
    {
        Assert.Equal(Target.Classes("a", "b"), Target.Classes("a", "b"));
        Assert.Equal(Target.Classes("a", "b").GetHashCode(), Target.Classes("a", "b").GetHashCode());
        Assert.NotEqual(Target.Classes("a", "b"), Target.Values("a", "b"));
        Assert.NotEqual(Target.Classes("a", "b"), Target.Classes("a", "c"));
        Assert.Equal(2, Target.Values("a", "b").Width);
    }
}
