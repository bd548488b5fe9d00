namespace Hebb.Training;

/// <summary>Reads class scores [N, K] and class indices [N] for the metrics of classifiers.</summary>
internal readonly ref struct Scores
{
    private readonly Tensor _scores;

    public Scores(Tensor output, Tensor target)
    {
        if (output.Rank != 2 || target.Rank != 1 || output.Shape[0] != target.Shape[0] || target.DType != DType.Int64)
            throw new ShapeException($"A metric of classifiers got outputs {output.Spec} and targets {target.Spec}; "
                + "it needs scores [N, K] and int64 class indices [N].");
        _scores = output.Detach();
        Labels = target.Detach().ToArray<long>();
        foreach (long label in Labels)
        {
            if (label < 0 || label >= Classes)
                throw new ShapeException($"A metric of classifiers got the class {label}, "
                    + $"but the model scores the classes 0 to {Classes - 1}; check the targets.");
        }
    }

    /// <summary>How many classes there are.</summary>
    public int Classes => _scores.Shape[1];

    /// <summary>The right class of each sample.</summary>
    public long[] Labels { get; }

    /// <summary>The class with the highest score of each sample, the first of equals.</summary>
    public long[] Guesses() => _scores.ArgMax(1).ToArray<long>();

    /// <summary>Of each sample, how many classes score higher than the right one, or as high and stand before it.</summary>
    public int[] Ranks()
    {
        double[] scores = _scores.Cast(DType.Float64).ToArray<double>();
        int[] ranks = new int[Labels.Length];
        for (int i = 0; i < ranks.Length; i++)
        {
            ReadOnlySpan<double> row = scores.AsSpan(i * Classes, Classes);
            int label = (int)Labels[i];
            for (int k = 0; k < row.Length; k++)
            {
                if (row[k] > row[label] || (k < label && row[k] == row[label])) ranks[i]++;
            }
        }
        return ranks;
    }
}
