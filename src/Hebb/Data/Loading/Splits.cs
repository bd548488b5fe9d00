using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>Which samples train, which validate and which test: indices in rising order, no index twice.</summary>
/// <param name="Train">The samples that a model is fitted to, and scalers too.</param>
/// <param name="Validation">The samples that choose among models and stop training.</param>
/// <param name="Test">The samples that are looked at once, at the end.</param>
public sealed record Split(int[] Train, int[] Validation, int[] Test);

/// <summary>
/// Ways to part a data set. All but <see cref="Tail"/> shuffle by a seed of their own, so that the parts do not change with the seed of the
/// training; the same seed gives the same parts on every machine.
/// </summary>
public static class Splits
{
    /// <summary>64 : 16 : 20, training, validation and test, at random.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">Chooses the shuffle.</param>
    public static Split ThreeWay(int count, ulong seed)
    {
        int[] order = Shuffled(count, seed);
        int test = Round(0.20, count), validation = Round(0.16, count);
        return Cut(order, test, validation);
    }

    /// <summary>
    /// 64 : 16 : 20 in every class: of n samples of a class round(0.20 n) test, round(0.16 n) validate,
    /// and the others, at least one, train.
    /// </summary>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="seed">Chooses the shuffle.</param>
    public static Split Stratified(ReadOnlySpan<int> classes, ulong seed)
    {
        List<int> train = [], validation = [], test = [];
        foreach (int[] members in ByClass(classes, seed))
        {
            Split split = Cut(members, Round(0.20, members.Length), Round(0.16, members.Length));
            train.AddRange(split.Train);
            validation.AddRange(split.Validation);
            test.AddRange(split.Test);
        }

        return new Split(Sorted(train), Sorted(validation), Sorted(test));
    }

    /// <summary>For a set with a test file of its own: the last tenth (rounded) of a shuffle of the training file validates.</summary>
    /// <param name="count">The number of samples in the training file.</param>
    /// <param name="seed">Chooses the shuffle.</param>
    /// <returns>Indices in rising order.</returns>
    public static (int[] Train, int[] Validation) LastTenth(int count, ulong seed) => TwoWay(count, seed, 0.9);

    /// <summary>80 : 20, or another share, at random.</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">Chooses the shuffle.</param>
    /// <param name="share">The first part's share, 0 to 1.</param>
    /// <returns>Indices in rising order.</returns>
    public static (int[] First, int[] Second) TwoWay(int count, ulong seed, double share = 0.8)
    {
        CheckShare(share);
        Split split = Cut(Shuffled(count, seed), Round(1 - share, count), 0);
        return (split.Train, split.Test);
    }

    /// <summary>For time series: the earlier samples train and the last ones test. Nothing is shuffled.</summary>
    /// <param name="count">The number of samples, in the order of time.</param>
    /// <param name="share">The share of the later part, 0 to 1.</param>
    public static (int[] Earlier, int[] Later) Tail(int count, double share = 0.2)
    {
        Argument.AtLeast(count, 0);
        CheckShare(share);
        int later = Round(share, count);
        return ([.. Enumerable.Range(0, count - later)], [.. Enumerable.Range(count - later, later)]);
    }

    /// <summary>
    /// k-fold cross-validation: each sample validates in one fold and trains in the others. Fold sizes differ by one at most.
    /// </summary>
    /// <param name="count">The number of samples, at least <paramref name="folds"/>.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="seed">Chooses the shuffle.</param>
    public static IReadOnlyList<(int[] Train, int[] Validation)> KFold(int count, int folds, ulong seed) =>
        Fold(Shuffled(count, seed), folds);

    /// <summary>k-fold cross-validation in which the folds have nearly equal numbers of each class.</summary>
    /// <param name="classes">The class of each sample; at least <paramref name="folds"/> samples.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="seed">Chooses the shuffle.</param>
    public static IReadOnlyList<(int[] Train, int[] Validation)> StratifiedKFold(ReadOnlySpan<int> classes, int folds, ulong seed) =>
        Fold([.. ByClass(classes, seed).SelectMany(members => members)], folds);

    // Dealing like cards spreads samples that lie together, the classes, over the folds.
    private static (int[] Train, int[] Validation)[] Fold(int[] order, int folds)
    {
        if (folds < 2 || folds > order.Length)
            throw new ArgumentException(
                $"{order.Length} samples cannot be parted into {folds} folds; take 2 to {order.Length} folds.", nameof(folds));
        return [.. Enumerable.Range(0, folds).Select(fold => (
            Sorted(order.Where((_, place) => place % folds != fold)), Sorted(order.Where((_, place) => place % folds == fold))))];
    }

    private static Split Cut(int[] order, int test, int validation)
    {
        int train = order.Length - test - validation;
        return new Split(Sorted(order[..train]), Sorted(order[train..(train + validation)]), Sorted(order[(train + validation)..]));
    }

    private static int[][] ByClass(ReadOnlySpan<int> classes, ulong seed)
    {
        SortedDictionary<int, List<int>> members = [];
        foreach (int sample in Shuffled(classes.Length, seed))
        {
            if (!members.TryGetValue(classes[sample], out List<int>? list)) members.Add(classes[sample], list = []);
            list.Add(sample);
        }

        return [.. members.Values.Select(list => list.ToArray())];
    }

    private static int[] Shuffled(int count, ulong seed)
    {
        Argument.AtLeast(count, 0);
        int[] order = Arrays.Of<int>(count);
        Philox.Permutation(seed, RngStreams.Split, 0, order);
        return order;
    }

    private static int[] Sorted(IEnumerable<int> indices) => [.. indices.Order()];

    private static int Round(double share, int count) => (int)Math.Round(share * count, MidpointRounding.AwayFromZero);

    private static void CheckShare(double share)
    {
        Argument.Within(share, 0, 1);
    }
}
