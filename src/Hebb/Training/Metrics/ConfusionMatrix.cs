namespace Hebb.Training;

/// <summary>How often each class was taken for each: row = right class, column = guess.</summary>
public sealed class ConfusionMatrix
{
    private long[,] _counts = new long[0, 0];

    /// <summary>The counts, right classes by guesses.</summary>
    public long[,] Counts => (long[,])_counts.Clone();

    /// <summary>How many classes there are; 0 before the first batch.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>Takes in scores [N, K] and int64 class indices [N].</summary>
    /// <exception cref="ShapeException">Other shapes or types, or another number of classes than before.</exception>
    public void Add(Tensor output, Tensor target)
    {
        Scores scores = new(output, target);
        if (Classes == 0) _counts = new long[scores.Classes, scores.Classes];
        if (scores.Classes != Classes)
            throw new ShapeException($"A confusion matrix of {Classes} classes got scores of {scores.Classes}; use a new one.");
        foreach ((long label, long guess) in scores.Labels.Zip(scores.Guesses())) _counts[label, guess]++;
    }

    /// <summary>The share of a class's samples that were recognised; NaN if there are none.</summary>
    public double Recall(int label) => Share(label, other => _counts[label, other]);

    /// <summary>The share of the guesses of a class that were right; NaN if it was never guessed.</summary>
    public double Precision(int label) => Share(label, other => _counts[other, label]);

    private double Share(int label, Func<int, long> count)
    {
        long all = 0;
        for (int other = 0; other < Classes; other++) all += count(other);
        return all == 0 ? double.NaN : (double)_counts[label, label] / all;
    }
}
