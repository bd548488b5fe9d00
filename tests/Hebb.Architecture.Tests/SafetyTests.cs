using Hebb.Architecture.Tests.Model;
using Hebb.Architecture.Tests.Rules;

namespace Hebb.Architecture.Tests;

public class SafetyTests
{
    [Fact]
    public void OnlyKernelsAreUnsafe() => Verdict.Clean(Safety.Unsafe(CodeBase.OfRepository));

    [Fact]
    public void LibrariesNeitherPrintNorReflectNorCallNativeCode() => Verdict.Clean(Safety.Manners(CodeBase.OfRepository));

    [Fact]
    public void NoWarningIsSwitchedOff() => Verdict.Clean(Safety.Suppressions(CodeBase.OfRepository));

    [Theory]
    [InlineData("unsafe void F(int* p) { }")]
    [InlineData("void F() { unsafe { int i = 0; int* p = &i; } }")]
    [InlineData("int F() => System.Runtime.Intrinsics.Vector512<float>.Count;")]
    [InlineData("bool F() => System.Runtime.Intrinsics.X86.Avx2.IsSupported;")]
    [InlineData("string F(object o) => System.Runtime.CompilerServices.Unsafe.As<string>(o);")]
    public void UnsafeCodeIsFoundOutsideKernelsAndAllowedInside(string member)
    {
        string body = $"class A {{ {member} }}";
        Assert.NotEmpty(Safety.Unsafe(CodeBase.Of(("src/Hebb/Core/A.cs", "namespace Hebb;\n" + body))));
        Assert.Empty(Safety.Unsafe(CodeBase.Of(("src/Hebb.Kernels/A.cs", "namespace Hebb.Kernels;\n" + body))));
    }

    [Fact]
    public void CheckedReinterpretationIsAllowed() =>
        Assert.Empty(Safety.Unsafe(CodeBase.Of(("src/Hebb/Core/A.cs", "class A { int F(float x) => "
            + "System.Runtime.CompilerServices.Unsafe.BitCast<float, int>(x); }"))));

    [Theory]
    [InlineData("void F() => Console.WriteLine();")]
    [InlineData("object? F() => System.Activator.CreateInstance(typeof(A));")]
    [InlineData("object? F() => typeof(A).GetMethod(\"F\");")]
    [InlineData("object? F() => typeof(A).Assembly.GetTypes();")]
    [InlineData("System.Linq.Expressions.Expression? F() => null;")]
    [InlineData("[System.Runtime.InteropServices.DllImport(\"m\")] static extern double sin(double x);")]
    public void OutputReflectionAndNativeCallsAreFound(string member) =>
        Assert.NotEmpty(Safety.Manners(CodeBase.Of(("src/Hebb/Core/A.cs", $"class A {{ {member} }}"))));

    [Theory]
    [InlineData("string F() => GetType().Name;")]
    [InlineData("bool F<T>() => typeof(T) == typeof(float);")]
    public void NamesOfTypesAreNoReflection(string member) =>
        Assert.Empty(Safety.Manners(CodeBase.Of(("src/Hebb/Core/A.cs", $"class A {{ {member} }}"))));

    [Fact]
    public void TheToolMayPrint() =>
        Assert.Empty(Safety.Manners(CodeBase.Of(("apps/Hebb.Cli/A.cs", "class A { void F() => Console.WriteLine(); }"))));

    [Theory]
    [InlineData("#pragma warning disable CS0168\nclass A;")]
    [InlineData("[System.Diagnostics.CodeAnalysis.UnconditionalSuppressMessage(\"a\", \"b\")] class A;")]
    public void SwitchedOffWarningsAreFound(string text) =>
        Assert.Single(Safety.Suppressions(CodeBase.Of(("src/Hebb/Core/A.cs", text))));
}
