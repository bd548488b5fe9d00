using Hebb.Ops;

namespace Hebb.Training;

/// <summary>
/// Reads class scores [N, K, ...] and class indices [N, ...] for the metrics of classifiers, without the items whose class is ignored.
/// </summary>
internal sealed class Scores
{
    /// <summary>The class that marks items without a target, as for losses.</summary>
    public const long Ignored = -100;

    private const int Nothing = -1;

    private readonly double[] _scores;

    public Scores(Tensor output, Tensor target, long ignored)
    {
        TargetSpecs.RequireClasses("A metric of classifiers", output.Spec, target.Spec);
        using NoGrad none = new();
        Classes = output.Shape[1];
        Tensor rows = output.Rank == 2 ? output : output.Permute([0, .. Enumerable.Range(2, output.Rank - 2), 1]);
        _scores = rows.Detach().Cast(DType.Float64).ToArray<double>();
        Labels = target.Detach().ToArray<long>();
        foreach (long label in Labels)
        {
            if (label != ignored && (label < 0 || label >= Classes))
                throw new ShapeException($"A metric of classifiers got the class {label}, "
                    + $"but the model scores the classes 0 to {Classes - 1}, and {ignored} marks what to ignore; check the targets.");
        }
        Items = [.. Enumerable.Range(0, Labels.Length).Where(i => Labels[i] != ignored)];
    }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>The class of every item, ignored ones included.</summary>
    public long[] Labels { get; }

    /// <summary>Which items count.</summary>
    public int[] Items { get; }

    /// <summary>The class of each counted item, and the one with the highest score, the first of equals; -1 where a score is NaN.</summary>
    public IEnumerable<(int Label, int Guess)> Guesses() => Items.Select(item => ((int)Labels[item], Best(Row(item))));

    /// <summary>
    /// Of each counted item, how many classes score higher than the right one, or as high and stand before it; all where a score is NaN.
    /// </summary>
    public IEnumerable<int> Ranks() => Items.Select(item => Rank(Row(item), (int)Labels[item]));

    private ReadOnlySpan<double> Row(int item) => _scores.AsSpan(item * Classes, Classes);

    private static int Best(ReadOnlySpan<double> row)
    {
        int best = 0;
        for (int k = 0; k < row.Length; k++)
        {
            if (double.IsNaN(row[k])) return Nothing;
            if (row[k] > row[best]) best = k;
        }
        return best;
    }

    private static int Rank(ReadOnlySpan<double> row, int label)
    {
        int rank = 0;
        for (int k = 0; k < row.Length; k++)
        {
            if (double.IsNaN(row[k])) return int.MaxValue;
            if (row[k] > row[label] || (k < label && row[k] == row[label])) rank++;
        }
        return rank;
    }
}
