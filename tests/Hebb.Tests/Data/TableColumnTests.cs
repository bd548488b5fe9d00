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
        Assert.Equal(job, job with { Categories = ["cook", "smith"] });
        Assert.Equal(job.GetHashCode(), (job with { Categories = ["cook", "smith"] }).GetHashCode());
        Assert.NotEqual(job, job with { Categories = ["cook", "baker"] });
        Assert.NotEqual(job, job with { Fill = 1 });
    }
}
