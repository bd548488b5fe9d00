using Hebb.Architecture.Tests.Model;
using Hebb.Architecture.Tests.Rules;

namespace Hebb.Architecture.Tests;

public class SettingsTests
{
    [Fact]
    public void TheLibraryNamesNoOptionsOfTheTool() => Verdict.Clean(Settings.Options(CodeBase.OfRepository));

    [Fact]
    public void TheToolHasAnOptionForEverySettingThatTheLibraryNames() => Verdict.Clean(Settings.Untranslated(CodeBase.OfRepository));

    [Theory]
    [InlineData("give --drop id", 1), InlineData("(--no-header)", 1), InlineData("a -- b, c--d", 1), InlineData("a - b", 0)]
    public void AnOptionIsFound(string text, int count) =>
        Assert.Equal(count, Settings.Options(CodeBase.Of(("src/Hebb/Core/A.cs", $"class A {{ string F() => \"{text}\"; }}"))).Count());

    [Theory]
    [InlineData("\"give Drop = [\\\"a\\\"]\"", 0), InlineData("$\"give Drop = {this}\"", 0), InlineData("\"Header = false\"", 0)]
    [InlineData("$\"A {{ Limit = {this} }}\"", 0)]
    [InlineData("\"Header = true\"", 1), InlineData("\"give Fall = [\\\"a\\\"]\"", 1), InlineData("$\"Limit = {this}\"", 1)]
    [InlineData("\"Kind = Kinds.None or x = 'a'\"", 1)]
    public void ASettingWithoutAnOptionIsFound(string text, int count) => Assert.Equal(count, Settings.Untranslated(CodeBase.Of(
        ("src/Hebb/Core/A.cs", $"class A {{ string F() => {text}; }}"),
        ("apps/Hebb.Cli/B.cs", "class B { string[] F() => [\"--drop\", \"--no-header\", \"give --fall\"]; }"))).Count());
}
