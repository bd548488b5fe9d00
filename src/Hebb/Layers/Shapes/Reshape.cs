namespace Hebb.Layers;

/// <summary>
/// The same numbers, in row-major order, under another shape for each sample: [N, ...] becomes [N, sizes...];
/// one size may be -1 and is then computed. What <see cref="Flatten"/> merged it takes apart.
/// </summary>
/// <param name="sizes">The sizes of the axes behind the batch.</param>
public sealed class Reshape(params int[] sizes) : Module
{
    /// <inheritdoc/>
    public override string Details => InvariantText.Join("x", sizes);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        int open = sizes.Count(size => size == -1);
        long known = 1;
        foreach (int size in sizes) known = size < -1 ? 0 : Math.Min(known * (size == -1 ? 1 : size), 1L + int.MaxValue);
        int each = x.Rank == 0 || x.Shape[0] == 0 ? 0 : x.Count / x.Shape[0];
        if (each == 0 || open > 1 || (open == 0 ? each != known : known <= 0 || each % known != 0))
            throw Misfit(
                x, $"a batch of samples with {(open == 0 ? $"{known}" : $"a multiple of {known}")} numbers; give it those, or other sizes");
        return x.Reshape((ReadOnlySpan<int>)[x.Shape[0], .. sizes]);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new Reshape(sizes);
}
