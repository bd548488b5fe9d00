using System.Reflection;
using System.Runtime.CompilerServices;
using Hebb.Layers;

namespace Hebb.Tests.Core;

/// <summary>What languages without extension members and without spans of arguments, such as F#, need to find.</summary>
public class LanguagesTests
{
    [Fact]
    public void WhatTakesAnyNumberOfArgumentsAsASpanTakesThemAsAnArrayToo()
    {
        List<string> missing = [];
        int count = 0;
        foreach (Type type in typeof(Tensor).Assembly.GetExportedTypes())
        {
            MethodBase[] members = [.. type.GetMethods(Any), .. type.GetConstructors()];
            foreach (MethodBase member in members.Where(member => member.IsPublic && Last(member) is { } last && IsSpan(last)))
            {
                count++;
                string wanted = Title(member, last: Last(member)!.ParameterType.GetGenericArguments()[0] + "[]");
                bool isThere = members.Any(other => Last(other) is { } last && last.IsDefined(typeof(ParamArrayAttribute))
                    && Title(other, last.ParameterType.ToString()) == wanted);
                if (!isThere) missing.Add($"{type.Name}.{wanted}");
            }
        }
        Assert.Empty(missing);
        Assert.InRange(count, 30, int.MaxValue);
    }

    [Fact]
    public void OperatorsAndFactoriesAreMembersOfTensorItself()
    {
        string[] names = [.. typeof(Tensor).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name)];
        string[] wanted =
        [
            "op_Addition", "op_Subtraction", "op_Multiply", "op_Division", "op_UnaryNegation", "op_GreaterThan", "op_LessThan",
            "op_BitwiseAnd", "Concat", "Stack", "Where", "Einsum", "Normal", "Uniform", "Bernoulli", "RandomIntegers",
        ];
        Assert.Empty(wanted.Except(names));
        string[] lost = [.. typeof(TensorOps).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => !method.IsDefined(typeof(ExtensionAttribute))).Select(method => method.Name)];
        Assert.Empty(lost);
    }

    [Fact]
    public void ArraysAndSpansGiveTheSame()
    {
        int[] axes = [0], sizes = [3, 2];
        Tensor x = Tensor.Arange(0, 6, dtype: DType.Float32).Reshape(2, 3);
        Assert.Equal(x.Sum(0).ToArray<float>(), x.Sum(axes).ToArray<float>());
        Assert.Equal(x.Reshape(3, 2).Shape, x.Reshape(sizes).Shape);
        Assert.Equal([3, 2], new Shape(sizes));
        Assert.Equal(DType.Int64, Tensor.From(sizes).DType);
        Assert.Equal(5, x[(Slice[])[1, 2]].Item());
        x[(Slice[])[1, 2]] = Tensor.Scalar(7f);
        Assert.Equal(7, x[1, 2].Item());
        Hebb.Layers.Module[] layers = [new Linear(3, 2), new Relu()];
        Assert.Equal(2, new Sequential(layers).Count);
        Tensor[] parts = [x, x];
        Assert.Equal([2, 6], Tensor.Concat(parts, 1).Shape);
    }

    private const BindingFlags Any = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static ParameterInfo? Last(MethodBase member) => member.GetParameters().LastOrDefault();

    private static bool IsSpan(ParameterInfo last) => last.IsDefined(typeof(ParamCollectionAttribute))
        && last.ParameterType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>);

    private static string Title(MethodBase member, string last) => member.Name
        + $"({string.Join(", ", member.GetParameters()[..^1].Select(parameter => Array(parameter.ParameterType)).Append(last))})";

    /// <summary>A type by its name, and a span as the array that another form takes in its place.</summary>
    private static string Array(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ReadOnlySpan<>)
        ? type.GetGenericArguments()[0] + "[]"
        : type.ToString();
}
