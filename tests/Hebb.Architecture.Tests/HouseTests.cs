using System.Text.RegularExpressions;
using Hebb.Architecture.Tests.House;
using Hebb.Architecture.Tests.Model;

namespace Hebb.Architecture.Tests;

public partial class HouseTests
{
    private static readonly Structure s_bad = new(CodeBase.Of(
        ("src/Hebb/Core/Tensor.cs", "namespace Hebb;\nclass Tensor { Hebb.Data.DataLoader? l; }"),
        ("src/Hebb/Ops/Add.cs", "namespace Hebb;\nclass Add { Tensor? a; }"),
        ("src/Hebb/Data/DataLoader.cs", "namespace Hebb.Data;\nclass DataLoader { Add? a; Tensor? b; }"),
        ("src/Hebb/Models/Vgg.cs", "namespace Hebb.Models;\nclass Vgg { Add? a; }")));

    [Fact]
    public void ThePictureShowsTheHouse() =>
        Accepted.Compare("docs/house.svg", HouseDrawing.Write(new(CodeBase.OfRepository)), WithoutCounts);

    [Fact]
    public void ThePageShowsTheHouse() => Accepted.Compare("docs/house.md", HousePage.Write(new(CodeBase.OfRepository)), WithoutCounts);

    [Fact]
    public void ArrowsAgainstTheLightAndCirclesAreRed()
    {
        Assert.Equal(["Core Data True", "Ops Core True", "Data Core True", "Data Ops True", "Models Ops False"],
            s_bad.Arrows.Select(arrow => $"{arrow.From} {arrow.To} {arrow.Bad}"));
        Assert.Equal("Core Ops Data", string.Join(' ', Assert.Single(s_bad.Circles)));
        Assert.Contains("Circles: Core, Ops, Data.", HousePage.Write(s_bad), StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(HouseDrawing.Write(s_bad), "<g stroke=\"#c8102e\""));
    }

    [Fact]
    public void CountsDoNotChangeWhatIsCompared()
    {
        Assert.Equal(WithoutCounts("| `Core` | x | 3 | 210 | Hebb.Kernels 4 |\n<text x=\"3\">12</text>"),
            WithoutCounts("| `Core` | x | 4 | 1210 | Hebb.Kernels 5 |\n<text x=\"3\">9</text>"));
        Assert.NotEqual(WithoutCounts("Core 1, Ops 2"), WithoutCounts("Core 1"));
        Assert.NotEqual(WithoutCounts("<rect x=\"1\"/>"), WithoutCounts("<rect x=\"2\"/>"));
    }

    /// <summary>Files, lines and types change with every commit; rooms and arrows only when the structure does.</summary>
    private static string WithoutCounts(string text) => Counts().Replace(text, "");

    [GeneratedRegex("(?<=>)[0-9]+(?=<)|(?<=[ *])[0-9]+(?=[ ,*]|$)", RegexOptions.Multiline)]
    private static partial Regex Counts();
}
