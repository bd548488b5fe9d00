namespace Hebb.Losses;

/// <summary>
/// l = Σ max(0, zₖ - z_c + margin) over the classes k ≠ c of scores z [N, C, ...], with the right class c (int64 [N, ...]): the margin loss
/// of support vector machines (Weston and Watkins, 1999); by default the mean over samples. PyTorch divides by C besides.
/// </summary>
public sealed class HingeLoss : ClassLoss
{
    /// <summary>By how much the right class must win, not negative; 1 by default.</summary>
    public double Margin { get; init => field = Argument.AtLeast(value, 0, nameof(Margin)); } = 1;

    /// <inheritdoc/>
    protected internal override LossElements Elements(Tensor output, Tensor target)
    {
        RequireClasses(output, target);
        output = Counting(output, target);
        Tensor index = Indices(output, target).Unsqueeze(1);
        Tensor isRight = Along(Tensor.Arange(0, output.Shape[1]), output).EqualTo(index);
        Tensor losses = Tensor.Where(isRight, 0, (output - output.Gather(1, index) + Margin).Relu()).Sum(1);
        return OfIndices(Tensor.Where(IsIgnored(target), 0, losses), target);
    }
}
