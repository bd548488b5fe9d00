using Hebb.Architecture.Tests.Model;
using Hebb.Architecture.Tests.Rules;

namespace Hebb.Architecture.Tests;

public class TidinessTests
{
    [Fact]
    public void FilesAreShort() => Verdict.Clean(Tidiness.Lengths(
        from folder in (string[])["src", "apps", "tests", "samples", "bench"]
        from path in CodeBase.PathsUnder(folder)
        select (path, File.ReadLines(Repository.At(path)).Count())));

    [Fact]
    public void NamespacesFollowFolders() => Verdict.Clean(Tidiness.Namespaces(CodeBase.OfRepository));

    [Fact]
    public void FilesAreNamedAfterWhatTheyHold() => Verdict.Clean(Tidiness.Names(CodeBase.OfRepository));

    [Fact]
    public void AFileHoldsOneConcept() => Verdict.Clean(Tidiness.Concepts(CodeBase.OfRepository));

    [Fact]
    public void PublicTypesAreDescribed() => Verdict.Clean(Tidiness.Documentation(CodeBase.OfRepository));

    [Fact]
    public void ALongFileIsFound() => Assert.Single(Tidiness.Lengths([("a.cs", 400), ("b.cs", 401)]));

    [Fact]
    public void AStrangeNamespaceIsFound()
    {
        Assert.Single(Tidiness.Namespaces(CodeBase.Of(("src/Hebb/Core/A.cs", "namespace Hebb.Core;\nclass A;"))));
        Assert.Empty(Tidiness.Namespaces(CodeBase.Of(("src/Hebb/Ops/Reduce/A.cs", "namespace Hebb;\nclass A;"))));
    }

    [Theory]
    [InlineData("A.cs", "class A;", true)]
    [InlineData("A.Parts.cs", "partial class A;", true)]
    [InlineData("AParts.cs", "partial class A;", true)]
    [InlineData("Bodies.cs", "class P; class Q;", true)]
    [InlineData("Bodies.cs", "public class P; class Q;", false)]
    [InlineData("Flatten.cs", "static class Ops { extension(int x) { public int Flatten() => x; } }", true)]
    [InlineData("B.cs", "class A { void F() { B(); } static void C() { } }", false)]
    public void AFileNamedOtherwiseIsFound(string name, string text, bool fits) =>
        Assert.Equal(fits, !Tidiness.Names(CodeBase.Of(("src/Hebb/Core/" + name, text))).Any());

    [Theory]
    [InlineData("public class A; public class B;", 1)]
    [InlineData("public class B; public class C;", 1)]
    [InlineData("public class A; public class AScalar;", 0)]
    [InlineData("public class A { public Result F() => new(null); } public record Result(Part? P); public record Part;", 0)]
    [InlineData("public interface I; public class A { public class B; } class C; public static class Ops;", 0)]
    public void AStrangerInAFileIsFound(string text, int count) =>
        Assert.Equal(count, Tidiness.Concepts(CodeBase.Of(("src/Hebb/Core/A.cs", text))).Count());

    [Fact]
    public void AFamilyOfOneFormIsAllowedInKernelsOnly()
    {
        const string Lanes = "public interface IReducer; public struct SumLane : IReducer; public struct MaxLane : IReducer;";
        const string Family = "public struct SumLane : IReducer<SumLane>; public struct MaxLane : IReducer<MaxLane>;";
        Assert.Empty(Tidiness.Concepts(CodeBase.Of(("src/Hebb.Kernels/Reducers.cs", Family))));
        Assert.Empty(Tidiness.Names(CodeBase.Of(("src/Hebb.Kernels/Reducers.cs", Family))));
        Assert.Single(Tidiness.Concepts(CodeBase.Of(("src/Hebb/Ops/Reducers.cs", Family))));
        Assert.Single(Tidiness.Concepts(CodeBase.Of(("src/Hebb.Kernels/Reducers.cs", Lanes))));
    }

    [Fact]
    public void AnEmptySummaryIsFound()
    {
        Assert.Equal(2, Tidiness.Documentation(
            CodeBase.Of(("src/Hebb/Core/A.cs", "public class A;\n/// <remarks>x</remarks>\npublic class B;"))).Count());
        Assert.Empty(Tidiness.Documentation(
            CodeBase.Of(("src/Hebb/Core/A.cs", "/// <summary>What it is for.</summary>\npublic class A;\nclass B;"))));
    }
}
