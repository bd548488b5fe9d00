using System.Globalization;
using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>How often each class was taken for each: row = right class, column = guess.</summary>
public sealed class ConfusionMatrix
{
    private const int WidestTable = 20; // classes, beyond which only recall and precision are printed

    private long[,] _counts = new long[0, 0];
    private long[] _unguessed = [];

    /// <summary>A class that marks items without a target, which do not count; -100 by default, as for losses.</summary>
    public long IgnoreIndex { get; init; } = Scores.Ignored;

    /// <summary>For each right class, how many of its samples were taken for none, since a score was NaN.</summary>
    public IReadOnlyList<long> Unguessed => [.. _unguessed];

    /// <summary>The counts, right classes by guesses.</summary>
    public long[,] Counts => (long[,])_counts.Clone();

    /// <summary>How many classes there are; 0 before the first batch.</summary>
    public int Classes => _counts.GetLength(0);

    /// <summary>
    /// Takes in a batch, of sequences the steps that count: <c>Trainer.Evaluate(net, task, samples, also: matrix.Add)</c>.
    /// </summary>
    /// <param name="outputs">What the model gave; the first are the scores.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="ShapeException">Other shapes or types, or another number of classes than before.</exception>
    public void Add(IReadOnlyList<MaskedTensor> outputs, Batch batch)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(batch);
        (Tensor output, Tensor target) = CountedSteps.Of(outputs[0], batch.Target);
        Add(output, target);
    }

    /// <summary>Takes in scores [N, K, ...] and int64 class indices [N, ...].</summary>
    /// <exception cref="ShapeException">Other shapes or types, or another number of classes than before.</exception>
    public void Add(Tensor output, Tensor target)
    {
        Scores scores = new(output, target, IgnoreIndex);
        if (Classes == 0) (_counts, _unguessed) = (new long[scores.Classes, scores.Classes], new long[scores.Classes]);
        if (scores.Classes != Classes)
            throw new ShapeException($"A confusion matrix of {Classes} classes got scores of {scores.Classes}; use a new one.");
        foreach ((int label, int guess) in scores.Guesses())
        {
            if (guess < 0) _unguessed[label]++;
            else _counts[label, guess]++;
        }
    }

    /// <summary>The share of a class's samples that were recognized; NaN if there are none.</summary>
    public double Recall(int label) => Share(label, other => _counts[label, other], _unguessed[Place(label)]);

    /// <summary>The share of the guesses of a class that were right; NaN if it was never guessed.</summary>
    public double Precision(int label) => Share(Place(label), other => _counts[other, label]);

    /// <summary>A table with a row for each class, under the classes' numbers; see <see cref="ToString(IReadOnlyList{string})"/>.</summary>
    public override string ToString() => ToString([.. Enumerable.Range(0, Classes).Select(label => $"{label}")]);

    /// <summary>
    /// A table with a row for each class: how often it was taken for each, if there are at most 20 classes, its recall and its precision.
    /// </summary>
    /// <param name="names">The names of the classes.</param>
    /// <exception cref="ArgumentException">There is not one name for each class.</exception>
    public string ToString(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != Classes)
            throw new ArgumentException(
                $"{names.Count} names were given for a confusion matrix of {Classes} classes; give one for each.", nameof(names));
        int shown = Classes <= WidestTable ? Classes : 0;
        // A column of its own for what was taken for no class, where there is any.
        bool hasNone = shown > 0 && _unguessed.Any(count => count > 0);
        string[] none = hasNone ? ["none"] : [];
        List<string[]> rows = [["right \\ guess", .. names.Take(shown), .. none, "recall", "precision"]];
        for (int i = 0; i < Classes; i++)
        {
            int label = i;
            IEnumerable<string> counts = Enumerable.Range(0, shown)
                .Select(guess => _counts[label, guess]).Concat(hasNone ? [_unguessed[label]] : [])
                .Select(count => count.ToString(CultureInfo.InvariantCulture));
            rows.Add([names[i], .. counts, Text(Recall(i)), Text(Precision(i))]);
        }
        return TextTable.Of(rows);

        static string Text(double share) => double.IsNaN(share) ? "-" : share.ToString("0.000", CultureInfo.InvariantCulture);
    }

    private int Place(int label) => (uint)label < (uint)Classes ? label : throw new ArgumentOutOfRangeException(
        nameof(label), $"Class {label} was asked of a matrix of {Classes} classes; they are counted from 0.");

    private double Share(int label, Func<int, long> count, long all = 0)
    {
        for (int other = 0; other < Classes; other++) all += count(other);
        return all == 0 ? double.NaN : (double)_counts[label, label] / all;
    }
}
