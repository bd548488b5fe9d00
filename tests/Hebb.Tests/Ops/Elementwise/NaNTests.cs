using Hebb.Tests.Registry;

namespace Hebb.Tests.Ops.Elementwise;

public class NaNTests
{
    /// <summary>The registry's functions of one tensor, in one shape.</summary>
    public static TheoryData<string> Unary => [.. OpCases.Names.Select(row => row.Data)
        .Where(name => name.EndsWith("of [3, 37]", StringComparison.Ordinal))
        .Where(name => !name.Contains("to int64", StringComparison.Ordinal)) // which has no NaN and refuses it
        .Where(name => OpCases.Find(name) is { Inputs.Length: 1, IsOfGradient: false })];

    /// <summary>A function of single numbers makes NaN of NaN.</summary>
    [Theory, MemberData(nameof(Unary))]
    public void ItPassesOn(string name)
    {
        OpCase line = OpCases.Find(name);
        foreach (DType dtype in (DType[])[DType.Float32, DType.Float64])
        {
            Tensor y = line.Function([Tensor.Full([3, 37], double.NaN, dtype)]);
            bool isElementwise = y.Shape == [3, 37] && y.DType == dtype;
            // What does not look at the number at all, and the one power that is 1 for every number.
            if (!isElementwise || line.Op is nameof(Hebb.Ops.Where) or nameof(Hebb.Ops.PowScalar)) continue;
            Assert.All(y.Cast(DType.Float64).ToArray<double>(), value => Assert.True(double.IsNaN(value)));
        }
    }
}
