using Hebb.Ops;

namespace Hebb.Tests.Registry;

public static partial class OpCases
{
    private static IEnumerable<OpCase> Random =>
    [
        new(nameof(RandomUniform), _ => Tensor.Uniform([3, 37], new Rng(1), -1, 2)),
        new(nameof(RandomUniform), _ => Tensor.Uniform([3, 37], new Rng(1), dtype: DType.Float64)) { Note = "float64" },
        new(nameof(RandomNormal), _ => Tensor.Normal([3, 37], new Rng(1), 5, 2)),
        new(nameof(RandomNormal), _ => Tensor.Normal([3, 37], new Rng(1), dtype: DType.Float64)) { Note = "float64" },
        new(nameof(RandomMask), _ => Tensor.DropoutMask([3, 37], new Rng(1), 0.75, 2)),
        new(nameof(RandomMask), _ => Tensor.DropoutMask([3, 37], new Rng(1), 0.75, 2, DType.Float64)) { Note = "float64" },
        new(nameof(RandomTruths), _ => Tensor.Bernoulli([3, 37], new Rng(1), 0.75)),
        new(nameof(RandomIntegers), _ => Tensor.RandomIntegers([3, 37], new Rng(1), -2, 5)),
        new(nameof(RandomPermutation), _ => Tensor.RandomPermutation(37, new Rng(1))),
        new(nameof(RandomUniform), _ => Tensor.Uniform([0, 3], new Rng(1))) { Note = "nothing" },
    ];
}
