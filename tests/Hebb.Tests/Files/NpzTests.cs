using System.IO.Compression;
using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class NpzTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void ArraysSurviveARoundTripInTheirOrder(bool isPacked)
    {
        using TestFolder folder = new();
        Npz.Write(folder["a.npz"], Sample(), isPacked);
        IReadOnlyDictionary<string, TypedArray> read = Npz.Read(folder["a.npz"]);
        Assert.Equal(["weight", "arr_0", "group/ünï", "empty"], read.Keys);
        foreach ((string name, TypedArray array) in Sample())
        {
            Assert.Equal(array.ToString(), read[name].ToString());
            Assert.Equal(array.Bytes.ToArray(), read[name].Bytes.ToArray());
        }

        Npz.Write(folder["b.npz"], Sample(), isPacked);
        Assert.Equal(File.ReadAllBytes(folder["a.npz"]), File.ReadAllBytes(folder["b.npz"]));
        Assert.Empty(Read(Archive(isPacked)));
    }

    /// <summary>numpy.savez keeps members as they are, numpy.savez_compressed deflates them.</summary>
    [Fact]
    public void MembersAreStoredUnlessTheyAreToBePacked()
    {
        KeyValuePair<string, TypedArray>[] zeros = [new("zeros", TypedArray.From<byte>(new byte[100_000], 100_000))];
        byte[] stored = Bytes(zeros, isPacked: false), packed = Bytes(zeros, isPacked: true);
        Assert.InRange(stored.Length, 100_000, 101_000);
        Assert.InRange(packed.Length, 100, 1_000);
        Assert.Equal(0, stored[8] + stored[9]); // the method of the first member
        Assert.Equal(8, packed[8] + packed[9]);
    }

    [Fact]
    public void ABigEndianMemberInFortranOrderIsRead()
    {
        byte[] member = Member("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 2), }", [0, 1, 0, 3, 0, 2, 0, 4]);
        Assert.Equal([1, 2, 3, 4], Read(Archive(true, ("x.npy", member)))["x"].Values<short>().ToArray());
    }

    [Fact]
    public void OtherMembersAreRefusedWithFileAndName()
    {
        byte[] good = Member("{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }", [1]);
        Assert.Contains("'x': found the member 'notes.txt', expected members NAME.npy only",
            Refused(Archive(false, ("a.npy", good), ("notes.txt", [1]))), StringComparison.Ordinal);
        Assert.Contains("the member 'folder/'", Refused(Archive(false, ("folder/", []))), StringComparison.Ordinal);
        Assert.Contains("the member '.npy'", Refused(Archive(false, (".npy", good))), StringComparison.Ordinal);
        Assert.Contains("the member 'a.NPY'", Refused(Archive(false, ("a.NPY", good))), StringComparison.Ordinal);
        Assert.Contains("the member 'a.npy' a second time", Refused(Archive(false, ("a.npy", good), ("a.npy", good))),
            StringComparison.Ordinal);
        Assert.Contains("'x: a.npy' at byte 0: found other bytes", Refused(Archive(true, ("a.npy", new byte[80]))),
            StringComparison.Ordinal);
        Assert.Contains("found 1 bytes of NPY elements, expected 3",
            Refused(Archive(true, ("a.npy", Member("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", [1])))),
            StringComparison.Ordinal);
        Assert.Contains("the type '|O'", Refused(Archive(true,
            ("a.npy", Member("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", [1])))), StringComparison.Ordinal);
        byte[] many = Archive(false, [.. Enumerable.Range(0, 65537).Select(i => ($"{i}.npy", good))]);
        Assert.Contains("more than 65536 members", Assert.Throws<FormatException>(() => Read(many)).Message, StringComparison.Ordinal);
        string longName = Refused(Archive(false, (new string('a', 60_000), good)));
        Assert.InRange(longName.Length, 120, 400);
        Assert.Contains("no ZIP archive", Refused([]), StringComparison.Ordinal);
        Assert.Contains("no ZIP archive", Refused(good), StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => Npz.Read("absent.npz"));
        Assert.Throws<ArgumentException>(() => Bytes([new("a", Sample()[0].Value), new("a", Sample()[0].Value)], false));
        Assert.Throws<ArgumentException>(() => Bytes([new("", Sample()[0].Value)], false));
    }

    /// <summary>The system's reader believes sizes and leaves check sums alone, so that a changed number would go unseen.</summary>
    [Theory, InlineData(false), InlineData(true)]
    public void SizesAndCheckSumsAreNotBelieved(bool isPacked)
    {
        byte[] file = Bytes([new("a", TypedArray.From<byte>([.. Enumerable.Range(0, 200).Select(i => (byte)i)], 200))], isPacked);
        int central = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        Assert.Contains("the check sum", Refused(With(file, central + 16, 1, 2, 3, 4)), StringComparison.Ordinal);
        foreach (byte[] size in (byte[][])[[0, 0, 0, 0], [10, 0, 0, 0], [255, 255, 0, 0], [255, 255, 255, 15]])
            Assert.Contains("a.npy'", Refused(With(file, central + 24, size)), StringComparison.Ordinal);
        Assert.Contains("encrypted member 'a.npy'", Refused(With(file, central + 8, 1)), StringComparison.Ordinal);
        Assert.Contains("'a.npy'", Refused(With(file, central + 10, 99)), StringComparison.Ordinal);
        if (isPacked) return;
        int body = file.AsSpan().IndexOf(new byte[] { 50, 51, 52, 53 });
        Assert.Contains("the check sum", Refused(With(file, body, 51)), StringComparison.Ordinal);
    }

    [Fact]
    public void BombsAreRefused()
    {
        byte[] zeros = Member("{'descr': '|u1', 'fortran_order': False, 'shape': (67108864,), }", new byte[64 << 20]);
        byte[] bomb = Archive(true, ("a.npy", zeros), ("b.npy", zeros));
        Assert.Contains("'x': found the member 'a.npy' of 67", Limited(bomb, 1 << 20), StringComparison.Ordinal);
        Assert.Contains("found the member 'b.npy' of 67", Limited(bomb, 100 << 20), StringComparison.Ordinal);

        // Many members that share their bytes: each says that it begins where the first does.
        byte[] one = Bytes([new("a", TypedArray.From<byte>(new byte[30_000], 30_000))], isPacked: false);
        int central = one.AsSpan().LastIndexOf("PK\u0001\u0002"u8), end = one.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        List<byte> many = [.. one[..central]];
        for (char name = 'a'; name <= 'z'; name++) many.AddRange(With(one[central..end], 46, (byte)name));
        byte[] last = one[end..];
        (last[8], last[10]) = (26, 26);
        BitConverter.TryWriteBytes(last.AsSpan(12), 26 * (end - central));
        Assert.Contains("found the member 'b.npy' of 30128 bytes", Limited([.. many, .. last], 1), StringComparison.Ordinal);
        Assert.Equal(26, Read([.. many, .. last]).Count);

        static string Limited(byte[] bytes, long limit) =>
            Assert.Throws<FormatException>(() => Npz.Read(new MemoryStream(bytes), "x", limit)).Message;
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Fuzz(bool isPacked)
    {
        byte[] valid = Bytes(Sample(), isPacked);
        Assert.True(ReaderFuzz.Run(valid, stream => Npz.Read(stream, "x"), rounds: 6000) > 3000);
        // Damage behind the middle reaches the directory, where the sizes are.
        Assert.True(ReaderFuzz.Run(Turned(valid), stream => Read(Turned(((MemoryStream)stream).ToArray()))) > 2000);

        static byte[] Turned(byte[] bytes) => [.. bytes.Reverse()];
    }

    private static IReadOnlyDictionary<string, TypedArray> Read(byte[] bytes) => Npz.Read(new MemoryStream(bytes), "x");

    private static string Refused(byte[] bytes) => ReaderFuzz.Refused(bytes, stream => Npz.Read(stream, "x"));

    private static byte[] With(byte[] bytes, int at, params byte[] other)
    {
        byte[] copy = [.. bytes];
        other.CopyTo(copy, at);
        return copy;
    }

    private static byte[] Bytes(KeyValuePair<string, TypedArray>[] arrays, bool isPacked)
    {
        using MemoryStream stream = new();
        Npz.Write(stream, arrays, isPacked);
        return stream.ToArray();
    }

    private static byte[] Archive(bool isPacked, params (string Name, byte[] Body)[] members)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] body) in members)
            {
                using Stream entry = archive.CreateEntry(name, isPacked ? CompressionLevel.Fastest : CompressionLevel.NoCompression).Open();
                entry.Write(body);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Member(string header, byte[] body) =>
        [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. Encoding.ASCII.GetBytes(header), .. body];

    private static KeyValuePair<string, TypedArray>[] Sample() =>
    [
        new("weight", TypedArray.From<float>([1.5f, -2, 3, 4, 5, 6], 2, 3)),
        new("arr_0", TypedArray.From<Half>([(Half)0.5], 1)),
        new("group/ünï", TypedArray.From<long>([long.MinValue, 7], 2)),
        new("empty", TypedArray.From<float>([], 0, 4)),
    ];
}
