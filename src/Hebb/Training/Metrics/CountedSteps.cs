using Hebb.Layers;

namespace Hebb.Training;

/// <summary>Lays out sequences for metrics: one row for each step that counts.</summary>
internal static class CountedSteps
{
    /// <summary>
    /// Of outputs [N, T, ...] and targets like them, or scores [N, K, T] and classes [N, T], whose masks count M steps:
    /// [M, ...] and [M, ...], or [M, K] and [M]. Without a mask both stay as they are.
    /// </summary>
    public static (Tensor Output, Tensor Target) Of(MaskedTensor output, Tensor target)
    {
        if (output.Mask is not { } mask) return (output.Values, target);
        using NoGrad none = new();
        Tensor values = output.Values.Detach();
        if (target.DType == DType.Int64 && values.Rank == target.Rank + 1)
            values = values.Permute([0, .. Enumerable.Range(2, values.Rank - 2), 1]);
        return (Rows(values, mask), Rows(target.Detach(), mask));
    }

    private static Tensor Rows(Tensor sequences, Tensor mask)
    {
        if (sequences.Rank < 2 || sequences.Shape[0] != mask.Shape[0] || sequences.Shape[1] != mask.Shape[1])
            throw new ShapeException(
                $"A metric got sequences {sequences.Spec} with a mask {mask.Spec}; "
                + "it needs [N, T, ...] with the mask's samples and steps.");
        bool[] counts = mask.ToArray<bool>();
        long[] places = [.. Enumerable.Range(0, counts.Length).Where(i => counts[i]).Select(i => (long)i)];
        return sequences.Contiguous().Flatten(0, 1).Take(Tensor.From(places, [places.Length]));
    }
}
