namespace Hebb.Tests.Files;

/// <summary>
/// Feeds a reader with damaged copies of a valid file. It may succeed or throw FormatException; any other exception, or more memory than
/// the input can justify, fails the test.
/// </summary>
internal static class ReaderFuzz
{
    private const long AllowedBytes = 32L << 20;

    /// <summary>Cuts, flips, overwrites, inserts and removes bytes; <paramref name="rounds"/> random cases besides every cut.</summary>
    /// <returns>How many of the damaged copies the reader refused.</returns>
    public static int Run(byte[] valid, Action<Stream> read, int rounds = 3000)
    {
        int refused = 0;
        int step = Math.Max(1, valid.Length / 1500);
        for (int length = 0; length < valid.Length; length += step) refused += Try(
            valid.AsSpan(0, length).ToArray(), read, $"cut to {length}");

        Random random = new(20260101);
        for (int round = 0; round < rounds; round++)
        {
            byte[] copy = Damage([.. valid], random, out string what);
            refused += Try(copy, read, $"round {round}: {what}");
        }

        return refused;
    }

    /// <summary>Reads bytes and fails unless the reader throws FormatException within the memory bound; returns its message.</summary>
    public static string Refused(byte[] bytes, Action<Stream> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        FormatException error = Assert.Throws<FormatException>(() => read(new MemoryStream(bytes)));
        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(used < AllowedBytes, $"{used} bytes allocated to refuse {bytes.Length}");
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
        return error.Message;
    }

    private static int Try(byte[] bytes, Action<Stream> read, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        int refused = 0;
        try
        {
            read(new MemoryStream(bytes));
        }
        catch (FormatException)
        {
            refused = 1;
        }
        catch (Exception other)
        {
            Assert.Fail($"{what}: {other}");
        }

        long used = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(used < AllowedBytes, $"{what}: {used} bytes allocated for an input of {bytes.Length}");
        return refused;
    }

    private static byte[] Damage(byte[] bytes, Random random, out string what)
    {
        // Headers are small and matter most, so half of the damage goes to the first bytes.
        int reach = random.Next(2) == 0 ? Math.Min(bytes.Length, 160) : bytes.Length;
        int at = random.Next(reach), kind = random.Next(6);
        what = $"damage {kind} at {at}";
        switch (kind)
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                byte[] extreme = random.Next(4) switch
                {
                    0 => [0xff, 0xff, 0xff, 0xff],
                    1 => [0x7f, 0xff, 0xff, 0xff],
                    2 => [0, 0, 0, 0],
                    _ => [0xff, 0xff, 0xff, 0x7f],
                };
                extreme.AsSpan(0, Math.Min(4, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
                return bytes;
            case 3:
                byte[] inserted = new byte[random.Next(1, 9)];
                random.NextBytes(inserted);
                return [.. bytes[..at], .. inserted, .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 9))..]];
            default:
                for (int i = 0; i < 3; i++) bytes[random.Next(reach)] = (byte)random.Next(256);
                return bytes;
        }
    }
}
