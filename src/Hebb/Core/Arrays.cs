namespace Hebb;

/// <summary>Arrays as long as numbers say that may be anything.</summary>
internal static class Arrays
{
    /// <summary>An array of zeros whose length is the product of some sizes.</summary>
    /// <exception cref="ShapeException">A size is negative, or there is no memory for so many elements.</exception>
    public static T[] Of<T>(params ReadOnlySpan<int> sizes)
    {
        long length = 1;
        foreach (int size in sizes)
        {
            if (size < 0) throw Refused<T>(sizes);
            length = Math.Min(length * size, 1L + int.MaxValue);
        }
        if (length > Array.MaxLength) throw Refused<T>(sizes);
        try
        {
            return new T[length];
        }
        catch (OutOfMemoryException cause)
        {
            throw Refused<T>(sizes, cause);
        }
    }

    private static ShapeException Refused<T>(ReadOnlySpan<int> sizes, Exception? cause = null) => new(
        $"Memory for {InvariantText.Join(" x ", sizes)} elements of type {typeof(T).Name} was asked for; "
        + $"sizes are 0 or more, an array holds at most {Array.MaxLength} elements, and the machine must have memory for them.",
        cause!);
}
