using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Hebb.Files;

/// <summary>Turns stored elements into the byte order of this machine and back, in place.</summary>
internal static class ByteOrder
{
    public static void Big(Span<byte> bytes, int size)
    {
        if (BitConverter.IsLittleEndian) Reverse(bytes, size);
    }

    public static void Little(Span<byte> bytes, int size)
    {
        if (!BitConverter.IsLittleEndian) Reverse(bytes, size);
    }

    /// <summary>Writes the elements of <paramref name="array"/>, little-endian.</summary>
    public static void WriteLittle(this Stream stream, TypedArray array)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(array.Bytes);
            return;
        }

        byte[] body = array.Bytes.ToArray();
        Little(body, array.Type.Size);
        stream.Write(body);
    }

    private static void Reverse(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case 2:
                Span<short> two = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(two, two);
                break;
            case 4:
                Span<int> four = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(four, four);
                break;
            case 8:
                Span<long> eight = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(eight, eight);
                break;
        }
    }
}
