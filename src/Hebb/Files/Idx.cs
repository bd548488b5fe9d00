using System.Buffers.Binary;

namespace Hebb.Files;

/// <summary>
/// The IDX format of the MNIST files: two zero bytes, a type byte, the number of axes, their lengths as big-endian 32-bit integers, and
/// the elements in row-major order, big-endian. A gzip stream around it is unpacked on reading (LeCun, Cortes, Burges 1998).
/// </summary>
public static class Idx
{
    /// <summary>The most axes that an array may have.</summary>
    public const int MaxRank = 8;

    /// <summary>The unpacked bytes accepted from a packed file when the caller names no other limit: 1 GiB.</summary>
    public const long DefaultLimit = 1L << 30;

    /// <summary>Reads a file, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that a packed file may unpack to.</param>
    /// <exception cref="FormatException">
    /// The content is not an IDX file, is cut off, or has bytes too many; the message names the byte.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TypedArray Read(string path, long limit = DefaultLimit)
    {
        using ByteSource source = ByteSource.Open(path, limit);
        return Read(source);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, long)" path="/exception"/>
    public static TypedArray Read(Stream stream, string name, long limit = DefaultLimit)
    {
        using ByteSource source = ByteSource.Over(stream, name, limit);
        return Read(source);
    }

    /// <summary>Writes a file; packed with gzip when its name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file to create or to replace.</param>
    /// <param name="array">At most <see cref="MaxRank"/> axes; UInt8, Int8, Int16, Int32, Float32 or Float64, which the format has.</param>
    /// <exception cref="ArgumentException">The array has a type or a rank that the format does not have.</exception>
    public static void Write(string path, TypedArray array) =>
        AtomicFile.Write(path, stream => Gzip.WriteIfNamed(path, stream, inner => Write(inner, array)));

    /// <summary>Writes to a stream, not packed.</summary>
    /// <inheritdoc cref="Write(string, TypedArray)" path="/exception"/>
    public static void Write(Stream stream, TypedArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        byte code = array.Type switch
        {
            ElementType.UInt8 => 0x08,
            ElementType.Int8 => 0x09,
            ElementType.Int16 => 0x0B,
            ElementType.Int32 => 0x0C,
            ElementType.Float32 => 0x0D,
            ElementType.Float64 => 0x0E,
            _ => throw new ArgumentException($"IDX cannot hold {array}; convert it to UInt8, Int8, Int16, Int32, Float32 or Float64."),
        };
        int rank = array.Shape.Length;
        if (rank is 0 or > MaxRank) throw new ArgumentException($"IDX takes 1 to {MaxRank} axes, and {array} has {rank}; reshape it.");

        Span<byte> header = stackalloc byte[4 + 4 * MaxRank];
        header[..2].Clear();
        header[2] = code;
        header[3] = (byte)rank;
        for (int axis = 0; axis < rank; axis++) BinaryPrimitives.WriteInt32BigEndian(header[(4 + 4 * axis)..], array.Shape[axis]);
        stream.Write(header[..(4 + 4 * rank)]);

        byte[] body = array.Bytes.ToArray();
        ByteOrder.Big(body, array.Type.Size);
        stream.Write(body);
    }

    private static TypedArray Read(ByteSource source)
    {
        uint magic = source.ReadUInt32Big("IDX header");
        int rank = (int)(magic & 0xff);
        if (magic >> 16 != 0)
            throw source.Error(0, $"the bytes {magic:x8}", "an IDX header, which starts with two zero bytes", "give an IDX file");
        ElementType type = (magic >> 8 & 0xff) switch
        {
            0x08 => ElementType.UInt8,
            0x09 => ElementType.Int8,
            0x0B => ElementType.Int16,
            0x0C => ElementType.Int32,
            0x0D => ElementType.Float32,
            0x0E => ElementType.Float64,
            uint code => throw source.Error(2, $"the type code {code:x2}", "08, 09, 0B, 0C, 0D or 0E", "give an IDX file"),
        };
        if (rank is 0 or > MaxRank)
            throw source.Error(3, $"{rank} axes", $"1 to {MaxRank}", "give an IDX file of that rank");

        int[] shape = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            uint length = source.ReadUInt32Big("IDX header");
            if (length > int.MaxValue)
                throw source.Error(4 + 4 * axis, $"an axis of {length}", $"at most {int.MaxValue}", "correct the header");
            shape[axis] = (int)length;
        }

        byte[] bytes = source.TakeArray(type, shape, "IDX elements");
        source.ExpectEnd();
        ByteOrder.Big(bytes, type.Size);
        return new TypedArray(type, shape, bytes);
    }
}
