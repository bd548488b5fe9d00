using Hebb.Architecture.Tests.Model;
using Hebb.Architecture.Tests.Rules;

namespace Hebb.Architecture.Tests;

public class DependenciesTests
{
    [Fact]
    public void ProjectsReferenceOnlyWhatIsAboveThem() => Verdict.Clean(
        from path in CodeBase.PathsUnder("src", "*.csproj").Concat(CodeBase.PathsUnder("apps", "*.csproj"))
        from found in Dependencies.Violations(path, File.ReadAllText(Repository.At(path)))
        select found);

    [Theory]
    [InlineData("src/Hebb/Hebb.csproj", "<ProjectReference Include='..\\Hebb.Plots\\Hebb.Plots.csproj' />", 1)]
    [InlineData("src/Hebb/Hebb.csproj", "<PackageReference Include='Newtonsoft.Json' />", 1)]
    [InlineData("src/Hebb/Hebb.csproj", "<PackageReference Include='An.Analyzer' PrivateAssets='all' />", 0)]
    [InlineData("src/Hebb/Hebb.csproj", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>", 1)]
    [InlineData("src/Hebb/Hebb.csproj", "<NoWarn>CS1591</NoWarn>", 1)]
    [InlineData("src/Hebb.Kernels/Hebb.Kernels.csproj", "<AllowUnsafeBlocks>true</AllowUnsafeBlocks>", 0)]
    [InlineData("src/Hebb.Kernels/Hebb.Kernels.csproj", "<ProjectReference Include='../Hebb/Hebb.csproj' />", 1)]
    [InlineData("src/Hebb.New/Hebb.New.csproj", "<ProjectReference Include='../Hebb/Hebb.csproj' />", 1)]
    public void AForbiddenReferenceIsFound(string path, string item, int count) =>
        Assert.Equal(count, Dependencies.Violations(path, $"<Project>{item}</Project>").Count());
}
