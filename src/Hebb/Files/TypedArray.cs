using System.Runtime.InteropServices;

namespace Hebb.Files;

/// <summary>
/// An n-dimensional array as files hold it: element type, shape, and the elements in row-major order. It is what the readers of this
/// folder return and the writers take. At most 2,147,483,591 bytes.
/// </summary>
public sealed class TypedArray
{
    private readonly byte[] _bytes;
    private readonly int[] _shape;

    /// <summary>Takes over <paramref name="bytes"/>, which hold the elements in the byte order of this machine.</summary>
    internal TypedArray(ElementType type, int[] shape, byte[] bytes)
    {
        Type = type;
        _shape = shape;
        _bytes = bytes;
    }

    /// <summary>The type of every element.</summary>
    public ElementType Type { get; }

    /// <summary>The length of each axis, outermost first; empty for a single number.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>The number of elements.</summary>
    public int Count => _bytes.Length / Type.Size;

    /// <summary>The elements' bytes, row-major, in the byte order of this machine.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Copies <paramref name="values"/> into a new array of the given shape.</summary>
    /// <param name="values">The elements, row-major.</param>
    /// <param name="shape">The length of each axis; their product must be the number of values. Empty for a single number.</param>
    /// <exception cref="ArgumentException">The shape does not hold that many values.</exception>
    public static TypedArray From<T>(ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged
    {
        ElementType type = ElementTypes.Of<T>();
        long count = 1;
        foreach (int axis in shape)
        {
            Argument.AtLeast(axis, 0, nameof(shape));
            count = axis == 0 || count <= int.MaxValue ? count * axis : count;
        }

        if (count != values.Length)
            throw new ArgumentException(
                $"{values.Length} values do not fill the shape [{InvariantText.Join(", ", shape)}]; pass {count}.");
        return new TypedArray(type, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray());
    }

    /// <inheritdoc cref="From{T}(ReadOnlySpan{T}, ReadOnlySpan{int})"/>
    public static TypedArray From<T>(T[] values, params int[] shape) where T : unmanaged =>
        From((ReadOnlySpan<T>)values, (ReadOnlySpan<int>)shape);

    /// <summary>
    /// The elements, row-major, without a copy; those of BFloat16, for which .NET has no type, are read by <see cref="ToSingles"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException"><typeparamref name="T"/> is not the array's own type.</exception>
    public ReadOnlySpan<T> Values<T>() where T : unmanaged =>
        ElementTypes.Of<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(_bytes)
            : throw new InvalidOperationException($"{this} does not hold {ElementTypes.Of<T>()}; read it as {Type} or use ToSingles.");

    /// <summary>The elements, row-major, each converted to the nearest float (false and true to 0 and 1).</summary>
    public float[] ToSingles() => ElementTypes.Convert<float>(Type, _bytes);

    /// <summary>Type and shape, for example <c>Float32[60000, 28, 28]</c>.</summary>
    public override string ToString() => $"{Type}[{InvariantText.Join(", ", _shape)}]";
}
