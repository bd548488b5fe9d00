using Hebb.Architecture.Tests.Model;
using Hebb.Architecture.Tests.Rules;

namespace Hebb.Architecture.Tests;

public class RegistryTests
{
    private static readonly CodeBase s_code = CodeBase.Of(
        ("src/Hebb/Core/IOp.cs", "namespace Hebb;\npublic interface IOp;\npublic interface IUnary<T> : IOp;"),
        ("src/Hebb/Ops/Elementwise/Sigmoid.cs", "namespace Hebb;\npublic readonly record struct Sigmoid : IUnary<Sigmoid> { public int "
            + "Cost => 1; }"),
        ("src/Hebb/Layers/Module.cs", "namespace Hebb.Layers;\npublic abstract class Module { public int Size => 1; }"),
        ("src/Hebb/Layers/Linear.cs", "namespace Hebb.Layers;\npublic class Linear : Module { public int Size => 1; }"),
        ("src/Hebb/Losses/Loss.cs", "namespace Hebb.Losses;\npublic abstract class Loss;"),
        ("src/Hebb/Losses/MseLoss.cs", "namespace Hebb.Losses;\npublic class MseLoss : Loss { public int Size => 1; }"),
        ("src/Hebb/Optim/IUpdateRule.cs", "namespace Hebb.Optim;\npublic interface IUpdateRule;\npublic interface ISchedule;"),
        ("src/Hebb/Optim/Adam.cs", "namespace Hebb.Optim;\npublic struct Adam : IUpdateRule { public int Size => 1; }"),
        ("src/Hebb/Optim/Schedules/Cosine.cs", "namespace Hebb.Optim;\npublic class Cosine : ISchedule { public int Size => 1; }"));

    [Fact]
    public void WhatExistsIsRegistered() => Verdict.Clean(Registry.Missing(CodeBase.OfRepository, Tests()));

    [Fact]
    public void EveryFileIsTested() => Verdict.Clean(Registry.Untested(CodeBase.OfRepository, Tests()));

    [Fact]
    public void MissingLinesAreFound()
    {
        string[] missing = [.. Registry.Missing(s_code, new Dictionary<string, string>())];
        Assert.Equal(5, missing.Length);
        foreach (string found in (string[])["op Sigmoid", "layer Linear", "loss MseLoss", "rule Adam", "schedule Cosine"])
        {
            Assert.Contains(missing, text => text.Contains($"the {found} has no line", StringComparison.Ordinal));
        }

        Dictionary<string, string> tests = new()
        {
            [Registry.Folder + "OpCases.Elementwise.cs"] = "class C { object a = x.Sigmoid(); }",
            [Registry.Folder + "LayerCases.cs"] = "// Linear",
        };
        Assert.DoesNotContain(Registry.Missing(s_code, tests), text => text.Contains("Sigmoid", StringComparison.Ordinal));
        Assert.Contains(Registry.Missing(s_code, tests), text => text.Contains("Linear", StringComparison.Ordinal));
    }

    [Fact]
    public void UntestedFilesAreFound()
    {
        Dictionary<string, string> tests = new()
        {
            ["tests/Hebb.Tests/Ops/Elementwise/SigmoidTests.cs"] = "",
            ["tests/Hebb.Tests/Layers/ModuleTests.cs"] = "",
            [Registry.Folder + "LossCases.cs"] = "class C { object a = new MseLoss(); }",
            [Registry.Folder + "RuleCases.cs"] = "class C { object a = new Adam(); }",
        };
        Assert.Equal(
            ["src/Hebb/Layers/Linear.cs", "src/Hebb/Optim/Schedules/Cosine.cs"],
            Registry.Untested(s_code, tests).Select(text => text.Split(':')[0]));
        tests["tests/Hebb.Tests/Layers/DenseTests.cs"] = "class DenseTests { Linear l; }";
        tests["tests/Hebb.Kernels.Tests/Other.cs"] = "class Other { Cosine c; }";
        Assert.Equal(["src/Hebb/Optim/Schedules/Cosine.cs"], Registry.Untested(s_code, tests).Select(text => text.Split(':')[0]));
        CodeBase spelling = CodeBase.Of(
            ("src/Hebb/Ops/Shape/Flatten.cs", "public static class TensorOps { extension(int x) { public int Flatten() => x; } }"));
        Assert.Single(Registry.Untested(spelling, tests));
        Assert.Empty(Registry.Untested(
            spelling, new Dictionary<string, string> { ["tests/Hebb.Tests/A.cs"] = "class A { int i = 1.Flatten(); }" }));
        CodeBase parts = CodeBase.Of(
            ("src/Hebb/Core/Tensor.Indexing.cs", "public class Tensor { int i; }"), ("src/Hebb/Core/Helper.cs", "class Helper;"));
        Assert.Single(Registry.Untested(parts, tests));
        foreach (string test in (string[])["Core/TensorIndexingTests", "Core/TensorTests"])
        {
            Assert.Empty(Registry.Untested(parts, new Dictionary<string, string> { [$"tests/Hebb.Tests/{test}.cs"] = "" }));
        }
    }

    private static Dictionary<string, string> Tests() =>
        CodeBase.PathsUnder("tests").ToDictionary(path => path, path => File.ReadAllText(Repository.At(path)));
}
