using Hebb.Architecture.Tests.Model;
using Hebb.Architecture.Tests.Rules;

namespace Hebb.Architecture.Tests;

public class CultureTests
{
    [Fact]
    public void TextsOfNumbersAreAlikeInEveryCulture() => Verdict.Clean(Culture.Texts(CodeBase.OfRepository));

    [Fact]
    public void RecordsPrintTheirNumbersAlikeInEveryCulture() => Verdict.Clean(Culture.Records(CodeBase.OfRepository));

    [Fact]
    public void NumbersAreReadInOnePlace()
    {
        Verdict.Clean(Culture.Numbers(CodeBase.OfRepository));
        Assert.Single(Culture.Numbers(CodeBase.Of(("src/Hebb/Core/A.cs", "class A { bool F(string x) => int.TryParse(x, out _); }"))));
    }

    [Theory]
    [InlineData("string F(double x) => x.ToString();")]
    [InlineData("string F(int? x) => x.ToString()!;")]
    [InlineData("string F(double x) => \"x = \" + x;")]
    [InlineData("string F(double[] x) => string.Join(\", \", x);")]
    [InlineData("string F(List<long> x) => string.Join(\", \", x);")]
    [InlineData("string F(double x) => string.Format(\"{0}\", x);")]
    [InlineData("void F(System.Text.StringBuilder text, double x) => text.Append(x);")]
    [InlineData("void F(System.Text.StringBuilder text, double x) => text.Append($\"{x}\");")]
    [InlineData("void F(TextWriter text, double x) => text.Write(x);")]
    public void ATextThatFollowsTheCultureIsFound(string member) =>
        Assert.Single(Culture.Texts(CodeBase.Of(("src/Hebb/Core/A.cs", $"class A {{ {member} }}"))));

    [Theory]
    [InlineData("string F(double x) => $\"{x}\";")]
    [InlineData("string F(double x) => x.ToString(System.Globalization.CultureInfo.InvariantCulture);")]
    [InlineData("string F(string[] x) => string.Join(\", \", x) + \"a\" + 'b' + System.DayOfWeek.Monday;")]
    [InlineData("void F(System.Text.StringBuilder text) => text.Append(' ', 3).Append(\"a\");")]
    public void OtherTextsAreAllowed(string member) =>
        Assert.Empty(Culture.Texts(CodeBase.Of(("src/Hebb/Core/A.cs", $"class A {{ {member} }}"))));

    [Fact]
    public void ARecordThatFollowsTheCultureIsFound()
    {
        Assert.Single(Culture.Records(CodeBase.Of(("src/Hebb/Core/A.cs", "public record A(double X);"))));
        Assert.Single(Culture.Records(CodeBase.Of(
            ("src/Hebb/Core/A.cs", "public record struct A { public (int, string) X { get; init; } }"))));
        Assert.Empty(Culture.Records(CodeBase.Of(("src/Hebb/Core/A.cs", "public record A(string X, DayOfWeek Y);"))));
        Assert.Empty(Culture.Records(CodeBase.Of(
            ("src/Hebb/Core/A.cs", "public record A(double X) { public override string ToString() => \"\"; }"))));
    }
}
