using System.Buffers.Binary;

namespace Hebb.Cli.Tests;

/// <summary>
/// JPEG files (ITU-T T.81) of one color for each block of 8 x 8 pixels, the simplest that a decoder takes; written here, so that values
/// are known. A block of the value v is the coefficient 8 (v - 128), stored whole.
/// </summary>
internal static class TestJpeg
{
    /// <summary>An image of blocks.</summary>
    /// <param name="blocksAcross">Blocks in a row.</param>
    /// <param name="blocks">The components of each block, row by row: y for gray, or y, cb, cr.</param>
    /// <param name="components">1 or 3.</param>
    /// <param name="isProgressive">Whether the coefficients come in a scan of their own.</param>
    public static byte[] Of(int blocksAcross, byte[] blocks, int components = 1, bool isProgressive = false)
    {
        List<byte> file = [0xFF, 0xD8];
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
        byte[] frame = new byte[6 + 3 * components], scan = new byte[4 + 2 * components];
        int down = blocks.Length / components / blocksAcross;
        frame[0] = 8;
        BinaryPrimitives.WriteInt16BigEndian(frame.AsSpan(1), (short)(8 * down));
        BinaryPrimitives.WriteInt16BigEndian(frame.AsSpan(3), (short)(8 * blocksAcross));
        (frame[5], scan[0], scan[^2]) = ((byte)components, (byte)components, (byte)(isProgressive ? 0 : 63));
        for (int c = 0; c < components; c++)
        {
            (frame[6 + 3 * c], frame[7 + 3 * c]) = ((byte)(c + 1), 0x11);
            scan[1 + 2 * c] = (byte)(c + 1);
        }

        Segment(file, (byte)(isProgressive ? 0xC2 : 0xC0), frame);
        // Lengths of differences 0 to 11, four bits each; of the other coefficients only the end of the block, one bit.
        Segment(file, 0xC4, [0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(length => (byte)length)]);
        Segment(file, 0xC4, [0x10, 1, .. new byte[15], 0]);
        Segment(file, 0xDA, scan);
        file.AddRange(Coded(blocks, components, isProgressive));
        return [.. file, 0xFF, 0xD9];
    }

    private static List<byte> Coded(byte[] blocks, int components, bool isProgressive)
    {
        List<bool> bits = [];
        int[] before = new int[components];
        for (int i = 0; i < blocks.Length; i++)
        {
            int value = 8 * (blocks[i] - 128), difference = value - before[i % components], length = 0;
            before[i % components] = value;
            while (Math.Abs(difference) >> length > 0) length++;
            Add(length, 4);
            Add(difference < 0 ? difference + (1 << length) - 1 : difference, length);
            if (!isProgressive) bits.Add(false);
        }

        while (bits.Count % 8 > 0) bits.Add(true);
        List<byte> bytes = [];
        foreach (bool[] eight in bits.Chunk(8))
        {
            bytes.Add((byte)eight.Aggregate(0, (sum, bit) => 2 * sum + (bit ? 1 : 0)));
            if (bytes[^1] == 0xFF) bytes.Add(0);
        }

        return bytes;

        void Add(int number, int count)
        {
            for (int bit = count - 1; bit >= 0; bit--) bits.Add((number >> bit & 1) != 0);
        }
    }

    private static void Segment(List<byte> file, byte marker, byte[] body)
    {
        file.AddRange([0xFF, marker, (byte)(body.Length + 2 >> 8), (byte)(body.Length + 2)]);
        file.AddRange(body);
    }
}
