namespace Hebb.Training;

/// <summary>Reads class scores [N, K] and class indices [N] for the metrics of classifiers.</summary>
internal readonly ref struct Scores
{
    private readonly double[] _scores;
    private readonly long[] _labels;

    public Scores(Tensor output, Tensor target)
    {
        if (output.Rank != 2 || target.Rank != 1 || output.Shape[0] != target.Shape[0] || target.DType != DType.Int64)
            throw new ShapeException($"A metric of classifiers got outputs {output.Spec} and targets {target.Spec}; it needs scores [N, K] and int64 class indices [N].");
        _scores = output.Detach().Cast(DType.Float64).ToArray<double>();
        _labels = target.Detach().ToArray<long>();
        Classes = output.Shape[1];
        foreach (long label in _labels)
        {
            if (label < 0 || label >= Classes)
                throw new ShapeException($"A metric of classifiers got the class {label}, but the model scores the classes 0 to {Classes - 1}; check the targets.");
        }
    }

    public int Count => _labels.Length;

    public int Classes { get; }

    public int Label(int i) => (int)_labels[i];

    public ReadOnlySpan<double> Row(int i) => _scores.AsSpan(i * Classes, Classes);

    /// <summary>The class with the highest score, the first of equals.</summary>
    public int Guess(int i)
    {
        ReadOnlySpan<double> row = Row(i);
        int best = 0;
        for (int k = 1; k < row.Length; k++)
        {
            if (row[k] > row[best]) best = k;
        }
        return best;
    }

    /// <summary>How many classes score higher than the right one, or as high and stand before it.</summary>
    public int Rank(int i)
    {
        ReadOnlySpan<double> row = Row(i);
        int label = Label(i), rank = 0;
        for (int k = 0; k < row.Length; k++)
        {
            if (row[k] > row[label] || (k < label && row[k] == row[label])) rank++;
        }
        return rank;
    }
}
