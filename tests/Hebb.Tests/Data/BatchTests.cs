using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Tests.Data;

public class BatchTests
{
    [Fact]
    public void OneInputAndOneTargetAreSimple()
    {
        Tensor x = Tensor.Ones([3, 2]), t = Tensor.Zeros([3], DType.Int64);
        Batch batch = new(x, t);
        Assert.Same(x, batch.Input);
        Assert.Same(t, batch.Target);
        Assert.Same(x, batch["input"]);
        Assert.Equal((3, null, null), (batch.Count, batch.Weights, batch.Mask("input")));
        Assert.Equal(["input", "target"], batch.Names);
    }

    [Fact]
    public void TensorsAreFoundByNameAndRole()
    {
        Tensor mask = Tensor.Ones([2, 3], DType.Bool), weights = Tensor.Ones([2]);
        Batch batch = new(
            ("text", FieldRole.Input, Tensor.Ones([2, 3])), ("text.mask", FieldRole.Mask, mask),
                ("age", FieldRole.Input, Tensor.Ones([2, 1])),
            ("mood", FieldRole.Target, Tensor.Zeros([2])), ("weight", FieldRole.SampleWeight, weights));
        Assert.Equal(2, batch.Inputs.Count);
        Assert.Same(mask, batch.Inputs[0].Mask);
        Assert.Null(batch.Inputs[1].Mask);
        Assert.Same(weights, batch.Weights);
        Assert.Same(batch["mood"], batch.Targets.Single());
        Assert.Null(batch.Lengths("text"));
        Assert.Contains("text, text.mask, age", Assert.Throws<ArgumentException>(() => batch["name"]).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => new Batch(("a", FieldRole.Input, weights)).Target);
        foreach ((string name, FieldRole role) in ((string, FieldRole)[])
            [("mask", FieldRole.Mask), ("input mask", FieldRole.Mask), ("b.mask", FieldRole.Mask), ("lengths", FieldRole.Lengths)])
        {
            ArgumentException stray = Assert.Throws<ArgumentException>(
                () => new Batch(("a", FieldRole.Input, weights), (name, role, mask)));
            Assert.Contains($"'{name}'", stray.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentException>(() => new Batch(("a", FieldRole.Input, weights), ("a", FieldRole.Input, weights)));
    }
}
