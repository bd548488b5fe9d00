using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

public class AdamTests
{
    public static TheoryData<string> Cases => ReferenceFile.Names("optimizers", "Adam", "AdamW");

    [Theory, MemberData(nameof(Cases))]
    public void WalksTheReferencePath(string name)
    {
        ReferenceCase item = ReferenceFile.Case("optimizers", name);
        double[] betas = item.Numbers("betas");
        WeightDecayForm form = item.Op == "AdamW" ? WeightDecayForm.Decoupled : WeightDecayForm.Coupled;
        Trajectory.Check(item, new Adam(betas[0], betas[1], item.Number("eps")), new WeightDecay(item.Number("weight_decay"), form));
    }

    [Fact]
    public void TheFirstStepIsTheRateWhateverTheGradient()
    {
        double[] end = Quadratic.Descend(new Adam(), 0.1, [1, 1], [1, 1000], 1);
        Assert.All(end, w => Assert.Equal(0.9, w, 1e-8));
    }

    [Fact]
    public void ABetaOutsideItsRangeIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(Beta2: 1));
}
