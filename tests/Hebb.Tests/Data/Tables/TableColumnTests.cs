using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class TableColumnTests
{
    [Fact]
    public void Widths_count_the_inputs_and_equality_the_contents()
    {
        TableColumn job = new("job", 2, false, 0, ["cook", "smith"], MissingIsCategory: true, ZeroIsMissing: false);
        Assert.Equal(3, job.Width);
        Assert.Equal(2, (job with { MissingIsCategory = false }).Width);
        Assert.Equal(1, (job with { IsNumeric = true, Categories = [] }).Width);
        TableColumn embedded = job with { Features = 2 }, told =
            job with { IsNumeric = true, Categories = [], MissingIsCategory = false, HasIndicator = true };
        Assert.Equal((1, 3), (embedded.Width, embedded.Kinds));
        Assert.Equal((2, 0), (told.Width, told.Kinds));
        Assert.NotEqual(job, embedded);
        Assert.NotEqual(job, job with { RefusesMissing = true });
        Assert.Equal(job, job with { Categories = ["cook", "smith"] });
        Assert.Equal(job.GetHashCode(), (job with { Categories = ["cook", "smith"] }).GetHashCode());
        Assert.NotEqual(job, job with { Categories = ["cook", "baker"] });
        Assert.NotEqual(job, job with { Fill = 1 });
    }
}
