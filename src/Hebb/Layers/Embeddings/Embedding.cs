namespace Hebb.Layers;

/// <summary>
/// y = the rows of a trained table that whole numbers name: int64 [...] becomes [..., features]. It is a dense layer behind one-hot inputs,
/// without the multiplications. Rows start from N(0, 1) unless told otherwise.
/// </summary>
public sealed class Embedding : Module
{
    private readonly int? _padding;
    private readonly IInitializer? _start;

    /// <summary>A table.</summary>
    /// <param name="count">How many rows it has: indices go from 0 to count - 1.</param>
    /// <param name="features">The numbers of a row.</param>
    /// <param name="padding">An index that stands for nothing, whose vector is zeros and stays so; none by default.</param>
    /// <param name="start">Where the rows start; N(0, 1) if left out.</param>
    public Embedding(int count, int features, int? padding = null, IInitializer? start = null)
    {
        Argument.AtLeast(count, 1);
        Argument.AtLeast(features, 1);
        if (padding is { } index && (uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(
                nameof(padding), $"The padding index {index} was given to a table of {count} rows; give one from 0 to {count - 1}.");
        (_padding, _start) = (padding, start);
        Register(Weight = new Parameter([count, features], start ?? Initializer.Normal()), "weight");
    }

    /// <summary>The table, [count, features].</summary>
    public Parameter Weight { get; }

    /// <inheritdoc/>
    public override string Details => $"{Weight.Shape[0]} → {Weight.Shape[1]}{(_padding is { } index ? $", padding {index}" : "")}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.DType != DType.Int64) throw Misfit(x, "int64 indices; convert the input with Cast(DType.Int64)");
        Tensor rows = Rows(x);
        return _padding is { } index ? rows * x.NotEqualTo(index).Cast(Weight.DType).Unsqueeze(-1) : rows;
    }

    private Tensor Rows(Tensor x)
    {
        try
        {
            return Weight.Take(x);
        }
        catch (ArgumentOutOfRangeException error)
        {
            string message = error.Message[..Math.Max(error.Message.LastIndexOf(" (Parameter", StringComparison.Ordinal), 0)];
            throw new ArgumentOutOfRangeException($"{Description}: {message}", error);
        }
    }

    /// <inheritdoc/>
    protected internal override Module New() => new Embedding(Weight.Shape[0], Weight.Shape[1], _padding, _start);
}
