using Hebb.Ops;
namespace Hebb.Tests.Registry;

/// <summary>Operands that do not fit are refused in one sentence that names the op and what was found.</summary>
public class OpRefusalTests
{
    private static readonly Tensor s_matrix = Tensor.Zeros([2, 3]);
    private static readonly Tensor s_wide = Tensor.Zeros([2, 3], DType.Float64);
    private static readonly Tensor s_whole = Tensor.Zeros([2, 3], DType.Int64);
    private static readonly Tensor s_truths = Tensor.Zeros([2, 3], DType.Bool);

    private static readonly Dictionary<string, (Action Act, string[] Mentions)> s_refusals = new()
    {
        ["Add of shapes"] = (() => _ = s_matrix + Tensor.Zeros([4]), ["Add", "[2, 3]", "[4]"]),
        ["Mul of types"] = (() => _ = s_matrix * s_wide, ["Mul", "float32[2, 3]", "float64[2, 3]", "Cast"]),
        ["Exp of int64"] = (() => s_whole.Exp(), ["Exp", "int64[2, 3]", "Cast"]),
        ["Greater of bool"] = (() => _ = s_truths > !s_truths, ["Greater", "bool[2, 3]"]),
        ["Where without a condition"] = (() => Tensor.Where(s_matrix, s_matrix, s_matrix), ["Where", "bool"]),
        ["Where of types"] = (() => Tensor.Where(s_truths, s_matrix, s_wide), ["Where", "Cast"]),
        ["Where of shapes"] = (() => Tensor.Where(s_truths, s_matrix, Tensor.Zeros([4])), ["Where", "[4]", "broadcast"]),
        ["Clip upside down"] = (() => s_matrix.Clip(1, 0), ["Clip", "[1, 0]"]),
        ["Clip of slope 2"] = (() => s_matrix.Clip(0, 1, 2), ["Clip", "2"]),
        ["Relu of slope 2"] = (() => s_matrix.Relu(2), ["Relu", "2"]),
        ["Sum of bool"] = (() => s_truths.Sum(), ["Sum", "bool[2, 3]", "CountNonZero"]),
        ["Sum over a missing axis"] = (() => s_matrix.Sum(2), ["Axis 2", "[2, 3]"]),
        ["Sum over an axis twice"] = (() => s_matrix.Sum(1, -1), ["Sum", "twice"]),
        ["ArgMax of nothing"] = (() => Tensor.Zeros([0]).ArgMax(), ["ArgMax", "empty"]),
        ["Max of bool"] = (() => s_truths.Max(), ["ArgMax", "bool"]),
        ["CumulativeSum of bool"] = (() => s_truths.CumulativeSum(), ["CumulativeSum", "bool"]),
        ["Norm of p 0"] = (() => s_matrix.Norm(0), ["Norm", "p = 0"]),
        ["Concat of nothing"] = (() => Tensor.Concat([]), ["Concat", "at least one"]),
        ["Concat of other sizes"] = (() => Tensor.Concat([s_matrix, Tensor.Zeros([2, 4])]), ["Concat", "[2, 4]"]),
        ["Stack of other shapes"] = (() => Tensor.Stack([s_matrix, Tensor.Zeros([2, 4])]), ["Stack", "[2, 4]"]),
        ["Split of other sizes"] = (() => s_matrix.Split([1, 3], 1), ["Split", "[1, 3]", "add up to 3"]),
        ["Narrow beyond the end"] = (() => s_matrix.Narrow(1, 2, 2), ["Narrow", "[2, 3]"]),
        ["Tile with few counts"] = (() => s_matrix.Tile(2), ["Tile", "1 counts"]),
        ["Pad with few widths"] = (() => s_matrix.Pad([1], [1]), ["Pad", "2 of each"]),
        ["Pad reflecting too far"] = (() => s_matrix.Pad([0, 3], [0, 0], PadMode.Reflect), ["Pad", "Reflect", "too short"]),
        ["BestWindows over nothing"] =
            (() => Tensor.Zeros([2, 0, 3]).Apply(new BestWindows(0), Tensor.Zeros([5, 2, 3])), ["BestWindows", "at least one step"]),
        ["BestWindows with a long mask"] = (() => Tensor.Zeros([2, 4, 3])
            .Apply(new BestWindows(0), Tensor.Zeros([5, 2, 3]), Tensor.Zeros([2, 5], DType.Bool)), ["BestWindows", "bool[2, 4]"]),
        ["ConvAtPositions with other channels"] = (() => Tensor.Zeros([2, 4, 3])
            .Apply(new ConvAtPositions(0), Tensor.Zeros([5, 2, 2]), Tensor.Zeros([2, 5], DType.Int64)), ["ConvAtPositions", "[O, K, C]"]),
        ["ConvAtPositions with few places"] = (() => Tensor.Zeros([2, 4, 3])
            .Apply(new ConvAtPositions(0), Tensor.Zeros([5, 2, 3]), Tensor.Zeros([2, 4], DType.Int64)), ["ConvAtPositions", "int64[2, 5]"]),
        ["ConvAtPositionsInputGrad of another shape"] = (() =>
            Tensor.Zeros([2, 4]).Apply(new ConvAtPositionsInputGrad(0, 4), Tensor.Zeros([5, 2, 3]), Tensor.Zeros([2, 5], DType.Int64)),
            ["ConvAtPositionsInputGrad", "[2, 5]"]),
        ["ConvAtPositionsWeightGrad of a vector"] = (() =>
            Tensor.Zeros([4]).Apply(new ConvAtPositionsWeightGrad(0, 2), Tensor.Zeros([2, 4, 3]), Tensor.Zeros([2, 5], DType.Int64)),
            ["ConvAtPositionsWeightGrad", "[N, O]"]),
        ["LayerNormalize over too many axes"] = (() => s_matrix.LayerNormalize(3), ["LayerNormalize", "3 axes", "float32[2, 3]"]),
        ["LayerNormalize of one number"] = (() => Tensor.Zeros([2, 1]).LayerNormalize(), ["LayerNormalize", "variance", "at least two"]),
        ["LayerNormalize with other γ"] = (
            () => s_matrix.LayerNormalize(Tensor.Zeros([2]), Tensor.Zeros([2])), ["LayerNormalize", "float32[2]", "float32[3]"]),
        ["GroupNormalize in groups that do not divide"] = (() => s_matrix.GroupNormalize(2), ["GroupNormalize", "2 groups", "multiple"]),
        ["GroupNormalize of int64"] = (() => s_whole.GroupNormalize(1), ["GroupNormalize", "int64[2, 3]"]),
        ["GroupNormalize with γ of another type"] = (
            () => s_matrix.GroupNormalize(1, Tensor.Ones([3], DType.Float64), Tensor.Ones([3])), ["GroupNormalize", "float64[3]"]),
        ["Gather with floats"] = (() => s_matrix.Gather(0, s_matrix), ["Gather", "int64"]),
        ["Gather with another rank"] = (() => s_matrix.Gather(0, Tensor.From<long>(0)), ["Gather", "[1]"]),
        ["Gather beyond the end"] = (() => s_matrix.Gather(1, Tensor.From(new long[,] { { 3 } })), ["3", "size 3"]),
        ["Scatter of types"] = (() => s_matrix.Scatter(1, s_whole, s_wide), ["Scatter", "float64"]),
        ["OneHot beyond the classes"] = (() => Tensor.From<long>(4).OneHot(4), ["4"]),
        ["ClassIndices of floats"] = (() => s_matrix.Apply(new ClassIndices(4, null)), ["ClassIndices", "float32[2, 3]", "int64"]),
        ["ClassIndices beyond the classes"] =
            (() => Tensor.From<long>(0, 4).Apply(new ClassIndices(4, -1)), ["Target 1 is class 4", "0 to 3, or -1 for none"]),
        ["ConvTranspose3d of no columns"] =
            (() => Tensor.Zeros([1, 2, 3, 3, 0]).ConvTranspose3d(Tensor.Zeros([2, 1, 2, 2, 2])), ["ConvTranspose3d", "[1, 2, 3, 3, 0]"]),
        ["ConvTranspose3d with a flat kernel"] =
            (() => Tensor.Zeros([1, 2, 3, 3, 3]).ConvTranspose3d(Tensor.Zeros([2, 1, 2, 0, 2])), ["ConvTranspose3d", "[2, 1, 2, 0, 2]"]),
        ["CategoryIndices of int64"] = (() => s_whole.Apply(new CategoryIndices(4)), ["CategoryIndices", "int64[2, 3]", "floats"]),
        ["CategoryIndices of a fraction"] =
            (() => Tensor.From<float>(0, 1.75f).Apply(new CategoryIndices(4)), ["Number 1", "1.75", "4 categories", "from 0 to 3"]),
        ["CategoryIndices of NaN"] = (() => Tensor.From(double.NaN).Apply(new CategoryIndices(4)), ["Number 0", "NaN"]),
        ["LengthMask of floats"] = (() => Tensor.From<float>(1).LengthMask(2), ["LengthMask", "float32[1]", "int64"]),
        ["LengthMask of a length beyond the steps"] = (() => Tensor.From<long>(1, 3).LengthMask(2), ["Sequence 1", "length 3", "0 to 2"]),
        ["LengthMask of a negative length"] = (() => Tensor.From<long>(-3, 1).LengthMask(2), ["Sequence 0", "length -3"]),
        ["ReverseSteps without lengths"] = (
            () => s_matrix.ReverseSteps(s_matrix), ["ReverseSteps", "float32[2, 3]", "lengths", "int64"]),
        ["ReverseSteps beyond the end"] = (() => s_matrix.ReverseSteps(Tensor.From<long>(3, 4)), ["Sequence 1", "length 4", "0 to 3"]),
        ["Drives of another size"] = (() => Tensor.Zeros([2, 3, 7]).ApplyAll(
            new LstmRecurrence(LstmOutput.GatedTanh, new(1, false, false, false, false)), Tensor.Zeros([1, 8, 2])),
            ["LstmRecurrence", "float32[2, 3, 7]", "[1, 4·H, H]"]),
        ["First states of another size"] = (() => Tensor.Zeros([2, 3, 2]).ApplyAll(
            new SimpleRecurrence(RecurrentActivation.Tanh, new(1, false, true, false, false)),
            Tensor.Zeros([1, 2, 2]), Tensor.Zeros([2, 2])),
            ["SimpleRecurrence", "float32[2, 2]", "first state h", "float32[1, 2, 2]"]),
        ["TopK of too many"] = (() => s_matrix.TopK(4), ["4", "[2, 3]"]),
        ["MaskedSelect of another shape"] = (() => s_matrix.MaskedSelect(Tensor.Zeros([3], DType.Bool)), ["MaskedSelect", "bool[3]"]),
        ["MatMul of sizes"] = (() => s_matrix.MatMul(s_matrix), ["MatMul", "[2, 3]"]),
        ["MatMul of types"] = (() => s_matrix.MatMul(s_wide.T), ["MatMul", "float64", "Cast"]),
        ["MatMul of a scalar"] = (() => s_matrix.MatMul(Tensor.Scalar(1f)), ["MatMul", "scalar"]),
        ["MatMul of batches"] = (() => Tensor.Zeros([2, 3, 4]).MatMul(Tensor.Zeros([5, 4, 2])), ["MatMul", "broadcast"]),
        ["Linear of sizes"] = (() => s_matrix.Linear(Tensor.Zeros([4, 2])), ["Linear", "[4, 2]"]),
        ["Linear with a bias of another size"] = (() => s_matrix.Linear(Tensor.Zeros([4, 3]), Tensor.Zeros([3])), ["Linear", "4 outputs"]),
        ["Dot of matrices"] = (() => s_matrix.Dot(s_matrix), ["Dot", "MatMul"]),
        ["Einsum with few operands"] = (() => Tensor.Einsum("ij,jk->ik", s_matrix), ["ij,jk->ik", "1 operands"]),
        ["Einsum with an unknown letter"] = (() => Tensor.Einsum("ij->k", s_matrix), ["'k'"]),
        ["Einsum with a sign"] = (() => Tensor.Einsum("i*->i", s_matrix), ["'*'"]),
        ["Einsum with few letters"] = (() => Tensor.Einsum("i->i", s_matrix), ["1 axes", "[2, 3]"]),
        ["Einsum of sizes"] = (() => Tensor.Einsum("ij,ij->ij", s_matrix, s_matrix.T), ["'i'", "2 and 3"]),
        ["Diagonal of one axis"] = (() => s_matrix.Diagonal(0, 0), ["Diagonal", "twice"]),
    };

    public static TheoryData<string> Names => [.. s_refusals.Keys];

    [Theory, MemberData(nameof(Names))]
    public void WhatDoesNotFitIsRefusedInOneSentence(string name)
    {
        (Action act, string[] mentions) = s_refusals[name];
        string message = Assert.ThrowsAny<ArgumentException>(act).Message;
        Assert.All(mentions, mention => Assert.Contains(mention, message, StringComparison.Ordinal));
        string sentence = message.Split(" (Parameter", StringSplitOptions.None)[0];
        Assert.EndsWith(".", sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", sentence, StringComparison.Ordinal);
    }
}
