using Hebb.Architecture.Tests.House;
using Hebb.Architecture.Tests.Model;

namespace Hebb.Architecture.Tests;

public class PublicApiTests
{
    /// <summary>The libraries, one list each.</summary>
    public static TheoryData<string> Libraries =>
        [.. CodeBase.PathsUnder("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void TheListShowsTheApi(string library) => Accepted.Compare(
        $"docs/api/{library}.txt", PublicApi.Write(CodeBase.OfRepository.Projects.Single(project => project.AssemblyName == library)),
            text => text);

    [Fact]
    public void TypesAndMembersAreListed()
    {
        CodeBase code = CodeBase.Of(("src/Hebb/Core/A.cs", """
            namespace Hebb;
            public abstract class A<T>(int size = 3) : IDisposable where T : struct
            {
                public const double Half = 0.5;
                public int Size { get; private set; } = size;
                public string? Name { get; init; }
                protected abstract Tensor Forward(in ReadOnlySpan<T> x);
                private int Hidden() => 1;
                public void Dispose() { }
                public enum Kind { One, Two = 4 }
                public static A<T> operator +(A<T> a, A<T> b) => a;
            }
            public readonly record struct Tensor(int Rank);
            public static class Ops { extension(Tensor x) { public Tensor Relu() => x; public int Count => 1; } }
            public delegate int Measure(Tensor x);
            internal class Unseen { public int Size; }
            """));
        Assert.Equal(
            """
            Hebb.A<T> : abstract class, IDisposable where T : struct
                A(int size = 3)
                abstract Tensor Forward(in ReadOnlySpan<T> x)
                const double Half = 0.5
                int Size { get; }
                static A<T> operator +(A<T> a, A<T> b)
                string? Name { get; init; }
                void Dispose()
            Hebb.A<T>.Kind : enum
                One = 0
                Two = 4
            Hebb.Measure : delegate
                int Invoke(Tensor x)
            Hebb.Ops : static class
                extension(Tensor x) Tensor Relu()
                extension(Tensor x) int Count { get; }
            Hebb.Tensor : readonly record struct, IEquatable<Tensor>
                Tensor(int Rank)
                int Rank { get; init; }
            """.ReplaceLineEndings("\n") + "\n",
            PublicApi.Write(Assert.Single(code.Projects)));
    }
}
