namespace Hebb.Losses;

/// <summary>
/// A loss as one number Σ λₖ sₖ / dₖ, kept as its sums s and what their means divide by, d: counted targets, class weights, the sum of a
/// mask. The pieces of a batch add up to the loss of the whole only so: Σ s / Σ d, not the mean of means.
/// </summary>
public sealed class LossValue
{
    // Below any divisor that is not 0.
    private const double Tiny = 1e-37;

    private readonly LossTerm[] _terms;

    /// <summary>s / d for a number d that is proportional to the samples, such as how many there are.</summary>
    /// <param name="sum">s, a scalar.</param>
    /// <param name="divisor">d</param>
    public LossValue(Tensor sum, double divisor) : this([new LossTerm(Number(sum), null, divisor, 1)]) { }

    /// <summary>s / d for a d that depends on the targets.</summary>
    /// <param name="sum">s, a scalar.</param>
    /// <param name="divisor">d, a scalar.</param>
    public LossValue(Tensor sum, Tensor divisor) : this([new LossTerm(Number(sum), Number(divisor), null, 1)]) { }

    private LossValue(LossTerm[] terms) => _terms = terms;

    /// <summary>
    /// The number, a differentiable scalar. A loss of which nothing counts, as when all targets are ignored, is NaN; one such term of
    /// several is 0.
    /// </summary>
    public Tensor Value => field ??= _terms.Length == 1 ? _terms[0].Value
        : _terms.Select(term => term.ValueOrZero).Aggregate((a, b) => a + b);

    /// <summary>What adds up over batches: the means of samples, the sums, and each term that divides by something of its own.</summary>
    internal IReadOnlyList<LossPart> Parts()
    {
        if (_terms is [{ Divisor: null } only]) return [new LossPart(Value, null, only.IsMeanOfSamples)];
        List<LossPart> parts = [];
        foreach (bool isMean in (bool[])[true, false])
        {
            Tensor[] plain = [.. _terms.Where(term => term.Divisor is null && term.IsMeanOfSamples == isMean).Select(term => term.Value)];
            if (plain.Length > 0) parts.Add(new LossPart(plain.Aggregate((a, b) => a + b), null, isMean));
        }
        IEnumerable<LossTerm> divided = _terms.Where(term => term.Divisor is not null);
        parts.AddRange(divided.Select(term => new LossPart(term.Scaled(term.Sum), term.Divisor, IsMeanOfSamples: false)));
        return parts;
    }

    /// <summary>s / d, and 0 where nothing counts, so that both are 0.</summary>
    internal static Tensor RatioOrZero(Tensor sum, Tensor divisor) => sum / divisor.Clip(Tiny, double.PositiveInfinity);

    /// <summary>s, which no mean divides: the pieces of a batch simply add up.</summary>
    public static LossValue OfSum(Tensor sum) => new([new LossTerm(Number(sum), null, null, 1)]);

    /// <summary>A number that is a mean over samples: the pieces of a batch count by their samples.</summary>
    public static LossValue OfMean(Tensor mean) => new([new LossTerm(Number(mean), null, 1, 1)]);

    /// <summary>Refuses what a function gave as a loss that is no number.</summary>
    private static Tensor Number(Tensor loss) => loss switch
    {
        null => throw Argument.Nothing("A loss function", "the loss, one number"),
        { Count: 1, DType.IsFloat: true } => loss,
        _ => throw new ShapeException($"A loss function returned {loss.Spec}, but a loss is one floating-point number; "
            + "take its Mean or Sum."),
    };

    /// <summary>The sum of two losses.</summary>
    public static LossValue operator +(LossValue a, LossValue b) => new([.. a._terms, .. b._terms]);

    /// <summary>A loss times a number, λ.</summary>
    public static LossValue operator *(double factor, LossValue loss) =>
        new([.. loss._terms.Select(term => term with { Factor = factor * term.Factor })]);
}

/// <summary>One term of a loss, λ s / d.</summary>
/// <param name="Sum">s</param>
/// <param name="Divisor">d where it depends on values; else null.</param>
/// <param name="Count">d where it is a number that is proportional to the samples; null if there is no d, or it depends on values.</param>
/// <param name="Factor">λ</param>
internal sealed record LossTerm(Tensor Sum, Tensor? Divisor, double? Count, double Factor)
{
    /// <summary>λ s / d, and 0 where nothing counts.</summary>
    public Tensor ValueOrZero => Divisor is null ? Value : Scaled(LossValue.RatioOrZero(Sum, Divisor));

    /// <summary>λ s / d</summary>
    public Tensor Value => Scaled(Divisor is not null ? Sum / Divisor : Count is null or 1 ? Sum : Sum / Count.Value);

    /// <summary>Whether the pieces of a batch share the term by their samples.</summary>
    public bool IsMeanOfSamples => Count is not null;

    /// <summary>λ x</summary>
    public Tensor Scaled(Tensor x) => Factor == 1 ? x : x * Factor;
}
