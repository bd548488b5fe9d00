namespace Hebb.Data;

/// <summary>How often each class occurs, and what makes up for classes of very different sizes.</summary>
public static class ClassCounts
{
    /// <summary>The number of samples of each class.</summary>
    /// <exception cref="InvalidOperationException">The samples have no classes.</exception>
    public static long[] Of(IDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data.Target.Require(isClass: true);
        long[] counts = new long[data.Target.Width];
        foreach (long c in Classes(data)) counts[c]++;
        return counts;
    }

    /// <summary>
    /// Weights for a loss over classes, [classes]: n / (K nₖ) for nₖ of n samples in one of K classes,
    /// so that every class counts alike and a sample 1 on average. A class without samples has the weight 0.
    /// With them a loss is <c>new CrossEntropyLoss { ClassWeights = ClassCounts.Weights(data) }</c>.
    /// </summary>
    /// <exception cref="InvalidOperationException">The samples have no classes.</exception>
    public static Tensor Weights(IDataset data)
    {
        long[] counts = Of(data);
        double all = counts.Sum(), kinds = counts.Count(count => count > 0);
        return Tensor.From([.. counts.Select(count => count == 0 ? 0f : (float)(all / (kinds * count)))], [counts.Length]);
    }

    /// <summary>The class of every sample.</summary>
    internal static long[] Classes(IDataset data) => data.Read<long>(data.Fields.First(field => field.Role == FieldRole.Target).Name);
}
