using Hebb.Data;

namespace Hebb.Tests.Data;

public class FieldTests
{
    [Fact]
    public void FieldsSayWhatASampleIs()
    {
        Assert.Equal("input float32[1, 28, 28]", Field.Input([1, 28, 28]).ToString());
        Assert.Equal("input int64[50], axis 0 varies", Field.Tokens(1000).Sequence(50).ToString());
        Assert.Equal("target int64[]", Field.Classes(["a", "b"]).ToString());
        Assert.Equal([2], Field.Values(["u", "v"], "both").Shape);
        Field tags = Field.Classes(["a", "b"], "tags").Sequence(7);
        Assert.Equal((-100.0, 0, [7]), (tags.Padding, tags.VaryingAxis, tags.Shape));
        Assert.Equal([9, 3], Field.Input([3]).Sequence(9).Shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => Field.Input([3]).Sequence(0));
    }

    [Fact]
    public void ASetTellsItsFieldsAndReadsThem()
    {
        VectorDataset set = VectorDataset.OfValues([2], [1, 2, 3, 4], [5, 6], "u");
        Assert.Equal([3f, 4, 1, 2], set.Read<float>(Field.InputName, [1, 0]));
        Assert.Equal([5f, 6], set.Read<float>(Field.TargetName));
        Assert.Empty(set.Read<float>(Field.TargetName, []));
        Assert.Contains("input and target", Assert.Throws<ArgumentException>(() => set.Read<float>("price")).Message,
            StringComparison.Ordinal);
        Assert.Contains("int64", Assert.Throws<InvalidOperationException>(() => set.Read<long>(Field.TargetName)).Message,
            StringComparison.Ordinal);
        UnequalLengths sequences = new(1, 2);
        Assert.Throws<ArgumentException>(() => sequences.Field("input"));
        Assert.Equal((100, true, Shape.Create([12])), (sequences.TokenCount, sequences.Target.IsClass, sequences.InputShape));
    }
}
