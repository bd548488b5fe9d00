namespace Hebb.Tests.Ops.Elementwise;

public class AndTests
{
    [Fact]
    public void TruthTablesHoldForMethodsAndOperators()
    {
        Tensor a = Tensor.From(false, false, true, true), b = Tensor.From(false, true, false, true);
        Assert.Equal([false, false, false, true], (a & b).ToArray<bool>());
        Assert.Equal([false, true, true, true], (a | b).ToArray<bool>());
        Assert.Equal([false, true, true, false], (a ^ b).ToArray<bool>());
        Assert.Equal([true, true, false, false], (!a).ToArray<bool>());
        Assert.Equal([true, false, true, false], b.Not().ToArray<bool>());
    }

    [Fact]
    public void OperandsBroadcast()
    {
        Tensor column = Tensor.From(true, false).Reshape(2, 1), row = Tensor.From(true, false);
        Assert.Equal([true, false, false, false], column.And(row).ToArray<bool>());
        Assert.Equal([true, true, true, false], column.Or(row).ToArray<bool>());
        Assert.Equal([false, true, true, false], column.Xor(row).ToArray<bool>());
    }

    [Fact]
    public void OnlyTruthValuesAreCombined()
    {
        Tensor truth = Tensor.From(true), number = Tensor.From(1f);
        Assert.Contains("bool", Assert.Throws<ShapeException>(() => number & truth).Message, StringComparison.Ordinal);
        Assert.Throws<ShapeException>(() => truth | number);
        Assert.Throws<ShapeException>(() => !number);
    }
}
