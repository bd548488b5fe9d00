namespace Hebb.Files;

/// <summary>
/// The binary form of CIFAR-10: records of 3,073 bytes, one label (0 to 9) and then 32 x 32 red, 1,024 green and 1,024 blue values in
/// row-major order. A gzip stream around it is unpacked (Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images").
/// </summary>
public static class CifarBinary
{
    /// <summary>The bytes of one record: a label and 3 x 32 x 32 color values.</summary>
    public const int RecordLength = 1 + PixelLength;

    private const int PixelLength = 3 * 32 * 32;
    private const int Classes = 10;

    /// <summary>Reads a file, packed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">The most bytes that a packed file may unpack to.</param>
    /// <returns>Images as UInt8 [n, 3, 32, 32] and labels as UInt8 [n].</returns>
    /// <exception cref="FormatException">
    /// The length is no multiple of a record, or a label is above 9; the message names the byte.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static (TypedArray Images, TypedArray Labels) Read(string path, long limit = Idx.DefaultLimit)
    {
        using ByteSource source = ByteSource.Open(path, limit);
        return Read(source);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, long)" path="/returns|/exception"/>
    public static (TypedArray Images, TypedArray Labels) Read(Stream stream, string name, long limit = Idx.DefaultLimit)
    {
        using ByteSource source = ByteSource.Over(stream, name, limit);
        return Read(source);
    }

    private static (TypedArray Images, TypedArray Labels) Read(ByteSource source)
    {
        byte[] records = source.TakeRest("CIFAR records");
        int count = records.Length / RecordLength;
        if (count == 0 || records.Length != count * RecordLength)
        {
            throw source.Error(records.Length, $"the end of the file after {records.Length} bytes",
                $"a positive multiple of {RecordLength} bytes", "give a whole file in CIFAR-10 binary form");
        }

        byte[] labels = new byte[count], pixels = new byte[count * PixelLength];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> record = records.AsSpan(i * RecordLength, RecordLength);
            if (record[0] >= Classes)
            {
                throw source.Error((long)i * RecordLength, $"the label {record[0]}", $"0 to {Classes - 1}",
                    "give a file in CIFAR-10 binary form");
            }

            labels[i] = record[0];
            record[1..].CopyTo(pixels.AsSpan(i * PixelLength));
        }

        return (new TypedArray(ElementType.UInt8, [count, 3, 32, 32], pixels), new TypedArray(ElementType.UInt8, [count], labels));
    }
}
