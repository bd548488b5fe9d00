namespace Hebb.Kernels;

/// <summary>Class indices as targets, of which one value may mark what has no class.</summary>
internal static class ClassTargets
{
    /// <summary>The class index that, by custom, marks what has no class.</summary>
    public const long None = -100;

    /// <summary>Given as the ignored class, no class is ignored.</summary>
    public const long IgnoresNone = long.MinValue;

    /// <summary>Refuses classes that are neither below a count nor the ignored one.</summary>
    /// <exception cref="ArgumentException">A class is out of range.</exception>
    public static void Check(ReadOnlySpan<long> classes, int count, long ignored)
    {
        for (int k = 0; k < classes.Length; k++)
        {
            if ((ulong)classes[k] < (ulong)count || (classes[k] == ignored && ignored != IgnoresNone)) continue;
            string others = ignored == IgnoresNone ? "" : $", or {ignored} for none";
            throw new ArgumentException($"Target {k} is class {classes[k]}; {PlacesText.Of("classes are", count)}{others}.");
        }
    }

    /// <summary>yₖ = tₖ, and 0 where the class is ignored.</summary>
    /// <param name="classes">t, each from 0 to count - 1 or the ignored one.</param>
    /// <param name="y">As many indices, all of them below the count unless that is 0.</param>
    /// <param name="count">The number of classes.</param>
    /// <param name="ignored">The class index that marks what has no class.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a class is out of range.</exception>
    public static void Indices(ReadOnlySpan<long> classes, Span<long> y, int count, long ignored)
    {
        if (y.Length != classes.Length) throw new ArgumentException($"{classes.Length} classes got room for {y.Length}; give as much.");
        Check(classes, count, ignored);
        for (int k = 0; k < y.Length; k++) y[k] = classes[k] == ignored ? 0 : classes[k];
    }
}
