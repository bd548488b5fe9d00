using System.Buffers.Binary;
using System.Text;

namespace Hebb.Files;

/// <summary>
/// The NPY format of NumPy, versions 1 to 3: a magic string, a Python dictionary with type, order and shape, and the elements.
/// Types b1, u1, i1, u2, i2, u4, i4, i8, f2, f4, f8 in either byte order; an array stored in Fortran order is turned to row-major order on
/// reading. BFloat16 is the one element type that the format does not have.
/// </summary>
public static class Npy
{
    /// <summary>The most axes that an array may have.</summary>
    public const int MaxRank = 32;

    private const int MaxHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">
    /// The content is not NPY, holds another type, or has too few or too many bytes; the message names the byte.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static TypedArray Read(string path)
    {
        using ByteSource source = ByteSource.Open(path, long.MaxValue, unpack: false);
        return Read(source);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static TypedArray Read(Stream stream, string name)
    {
        using ByteSource source = ByteSource.Over(stream, name, long.MaxValue, unpack: false);
        return Read(source);
    }

    /// <summary>Writes a file, version 1.0, little-endian, row-major.</summary>
    /// <exception cref="ArgumentException">The array is of BFloat16 or has too many axes.</exception>
    public static void Write(string path, TypedArray array) => AtomicFile.Write(path, stream => Write(stream, array));

    /// <summary>Writes to a stream, version 1.0, little-endian, row-major.</summary>
    /// <inheritdoc cref="Write(string, TypedArray)" path="/exception"/>
    public static void Write(Stream stream, TypedArray array)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        string shape = array.Shape.Length == 1 ? $"{array.Shape[0]}," : InvariantText.Join(", ", array.Shape);
        string text = $"{{'descr': '{NpyHeader.TypeName(array)}', 'fortran_order': False, 'shape': ({shape}), }}";
        int unpadded = Magic.Length + 4 + text.Length + 1;
        text = text.PadRight(text.Length + (-unpadded & 63)) + "\n"; // the elements start on a multiple of 64

        Span<byte> versionAndLength = stackalloc byte[4] { 1, 0, 0, 0 };
        BinaryPrimitives.WriteUInt16LittleEndian(versionAndLength[2..], (ushort)text.Length);
        stream.Write(Magic);
        stream.Write(versionAndLength);
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.WriteLittle(array);
    }

    internal static TypedArray Read(ByteSource source)
    {
        Span<byte> start = stackalloc byte[8];
        source.Fill(start, "NPY header");
        if (!start[..6].SequenceEqual(Magic))
            throw source.Error(0, "other bytes", "the NPY magic string", "give a file written by numpy.save");
        int version = start[6];
        if (version is < 1 or > 3)
            throw source.Error(6, $"version {version}", "1, 2 or 3", "save the array again with a current NumPy");

        Span<byte> four = stackalloc byte[4];
        four.Clear();
        source.Fill(version == 1 ? four[..2] : four, "NPY header length");
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(four);
        if (length > MaxHeader)
            throw source.Error(8, $"a header of {length} bytes", $"at most {MaxHeader}", "save the array again without named fields");
        long at = source.Position;
        NpyHeader header = NpyHeader.Parse(source, at, source.Take(length, "NPY header"));

        at = source.Position;
        byte[] bytes = source.TakeArray(header.Type, header.Shape, "NPY elements");
        source.ExpectEnd();
        if (header.Type == ElementType.Bool) source.ExpectBools(bytes, at);
        if (header.BigEndian) ByteOrder.Big(bytes, header.Type.Size);
        else ByteOrder.Little(bytes, header.Type.Size);
        if (header.FortranOrder) bytes = ToRowMajor(bytes, header.Shape, header.Type.Size);
        return new TypedArray(header.Type, header.Shape, bytes);
    }

    private static byte[] ToRowMajor(byte[] columnMajor, int[] shape, int size)
    {
        byte[] result = new byte[columnMajor.Length];
        Span<int> index = stackalloc int[shape.Length];
        index.Clear();
        for (int to = 0; to < result.Length; to += size)
        {
            long from = 0;
            for (int axis = shape.Length - 1; axis >= 0; axis--) from = from * shape[axis] + index[axis];
            columnMajor.AsSpan((int)(from * size), size).CopyTo(result.AsSpan(to));
            for (int axis = shape.Length - 1; axis >= 0 && ++index[axis] == shape[axis]; axis--) index[axis] = 0;
        }

        return result;
    }
}
