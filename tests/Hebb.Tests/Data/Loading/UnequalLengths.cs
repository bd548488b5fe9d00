using Hebb.Data;

namespace Hebb.Tests.Data;

/// <summary>
/// Sequences of known numbers with lengths of their own: tokens, features along the second axis, and a class for each step.
/// </summary>
internal sealed class UnequalLengths(params int[] lengths) : IDataset
{
    public int Count => lengths.Length;

    public IReadOnlyList<Field> Fields { get; } =
    [
        Field.Tokens(100, name: "tokens").Sequence(12),
        Field.Input([2, 12], "features") with { VaryingAxis = 1, Padding = -1 },
        Field.Classes(["odd", "even"], "tags").Sequence(12),
        Field.Weight(),
    ];

    public int Length(int sample, Field field) => lengths[sample];

    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            Span<long> tokens = into.Span<long>("tokens", i), tags = into.Span<long>("tags", i);
            Span<float> features = into.Span<float>("features", i);
            for (int t = 0; t < lengths[samples[i]]; t++) (tokens[t], tags[t]) = (10 * samples[i] + t, t % 2);
            for (int f = 0; f < features.Length; f++) features[f] = 100 * samples[i] + f;
            into.Span<float>("weight", i)[0] = samples[i] + 1;
        }
    }
}
