namespace Hebb.Losses;

/// <summary>A part of a loss that adds up over batches, or over the pieces of one, in one way.</summary>
/// <param name="Sum">s; for a mean of samples the mean.</param>
/// <param name="Divisor">d where it depends on values, else null.</param>
/// <param name="IsMeanOfSamples">Whether batches count by their samples.</param>
internal readonly record struct LossPart(Tensor Sum, Tensor? Divisor, bool IsMeanOfSamples);

/// <summary>What a part of a loss came to in a batch.</summary>
/// <param name="Sum">s</param>
/// <param name="Divisor">d; null for a sum that nothing divides.</param>
internal readonly record struct LossShare(double Sum, double? Divisor);

/// <summary>
/// The parts of a loss as results of a step, behind the loss itself: sums and divisors, or nothing where the loss is the only part.
/// </summary>
internal sealed class LossParts
{
    private readonly (bool IsMean, bool IsDivided)[] _kinds;

    public LossParts(IReadOnlyList<LossPart> parts)
    {
        _kinds = [.. parts.Select(part => (part.IsMeanOfSamples, part.Divisor is not null))];
        Results = IsWhole ? [] : [.. parts.SelectMany(part => (Tensor[])(part.Divisor is null ? [part.Sum] : [part.Sum, part.Divisor]))];
    }

    /// <summary>What is a result beside the loss.</summary>
    public IReadOnlyList<Tensor> Results { get; }

    private bool IsWhole => _kinds is [{ IsDivided: false }];

    /// <summary>What the parts came to where they were computed op by op.</summary>
    /// <param name="loss">The value of the loss.</param>
    /// <param name="samples">How many samples the batch has.</param>
    public LossShare[] Read(double loss, int samples) => Read(i => i == 0 ? loss : Results[i - 1].Item(), samples);

    /// <summary>What the parts came to.</summary>
    /// <param name="result">The value of the loss, 0, and of the results behind it, from 1 on.</param>
    /// <param name="samples">How many samples the batch has.</param>
    public LossShare[] Read(Func<int, double> result, int samples)
    {
        LossShare[] shares = new LossShare[_kinds.Length];
        int at = IsWhole ? 0 : 1;
        for (int i = 0; i < shares.Length; i++)
        {
            (bool isMean, bool isDivided) = _kinds[i];
            double sum = result(at++);
            shares[i] = isMean ? new(sum * samples, samples) : new(sum, isDivided ? result(at++) : null);
        }
        return shares;
    }
}

/// <summary>The loss of all samples of several batches, Σ s / Σ d for each part, as if they were one batch.</summary>
internal sealed class LossTally
{
    private readonly List<LossShare> _total = [];

    /// <summary>The loss so far; NaN if nothing has counted.</summary>
    public double Value => _total.All(part => part.Divisor == 0) ? double.NaN
        : _total.Sum(part => part.Divisor is not { } divisor ? part.Sum : divisor == 0 ? 0 : part.Sum / divisor);

    /// <summary>Adds what a batch came to.</summary>
    public void Add(ReadOnlySpan<LossShare> batch)
    {
        for (int i = 0; i < batch.Length; i++)
        {
            if (i == _total.Count) _total.Add(batch[i]);
            else _total[i] = new(_total[i].Sum + batch[i].Sum, _total[i].Divisor + batch[i].Divisor);
        }
    }
}
