namespace Hebb.Data;

/// <summary>What a data set asks of a model: one class out of several (classification), or one or more numbers (regression).</summary>
public sealed record Target
{
    private Target(IReadOnlyList<string> names, bool isClass)
    {
        Names = names;
        IsClass = isClass;
    }

    /// <summary>Whether samples belong to classes; otherwise they have numbers.</summary>
    public bool IsClass { get; }

    /// <summary>The names of the classes, by class index, or of the numbers.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many outputs a model needs: one for each class or number.</summary>
    public int Width => Names.Count;

    /// <summary>One class out of the named ones.</summary>
    public static Target Classes(params IReadOnlyList<string> names) => new([.. names], isClass: true);

    /// <summary>One number for each name.</summary>
    public static Target Values(params IReadOnlyList<string> names) => new([.. names], isClass: false);

    /// <summary>Fails where a class is asked of numbers or the other way round.</summary>
    internal void Require(bool isClass)
    {
        if (IsClass != isClass)
            throw new InvalidOperationException(
                isClass ? "The samples have numbers, not classes; give samples that belong to classes."
                : "The samples have classes, not numbers; give samples with numbers.");
    }

    /// <summary>Same kind and names.</summary>
    public bool Equals(Target? other) => other is not null && IsClass == other.IsClass && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(IsClass, Width);

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Target), PrintMembers);
}
