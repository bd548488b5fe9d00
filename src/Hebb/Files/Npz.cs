using System.IO.Compression;

namespace Hebb.Files;

/// <summary>
/// The NPZ format of NumPy: a ZIP archive with a member NAME.npy (<see cref="Npy"/>) for each array, stored (numpy.savez) or deflated
/// (numpy.savez_compressed). Sizes, counts and check sums of the archive are not believed but checked.
/// </summary>
public static class Npz
{
    /// <summary>The unpacked bytes accepted when the caller names no other limit: 1 GiB.</summary>
    public const long DefaultLimit = 1L << 30;

    /// <summary>The most members that an archive may have.</summary>
    public const int MaxMembers = 1 << 16;

    private const string Ending = ".npy";

    // The earliest that the format can write, so that the bytes do not depend on the clock.
    private static readonly DateTimeOffset s_time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads a file: the arrays by name, in the order of the archive.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">
    /// The most bytes that all members together may unpack to; as many as the file itself has are always accepted.
    /// </param>
    /// <exception cref="FormatException">
    /// The content is no ZIP archive; a member is damaged, encrypted, too large, no NPY array, not named NAME.npy or named as another; the
    /// message names the file and the member.
    /// </exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyDictionary<string, TypedArray> Read(string path, long limit = DefaultLimit)
    {
        using FileStream stream = ByteSource.OpenFile(path);
        return Read(stream, path, limit);
    }

    /// <summary>Reads from a stream that can seek and stays open; <paramref name="name"/> stands for the file in messages.</summary>
    /// <inheritdoc cref="Read(string, long)" path="/exception"/>
    public static IReadOnlyDictionary<string, TypedArray> Read(Stream stream, string name, long limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Argument.Above(limit, 0);
        if (!stream.CanSeek) throw new ArgumentException("The stream cannot seek; copy it into a MemoryStream first.", nameof(stream));
        long left = Math.Max(limit, stream.Length);
        OrderedDictionary<string, TypedArray> arrays = new(StringComparer.Ordinal);
        foreach ((string array, ZipArchiveEntry member) in Members(stream, name))
        {
            byte[] bytes = Unpack(name, member, left);
            left -= bytes.Length;
            arrays.Add(array, Npy.Read(new MemoryStream(bytes), Place(name, member)));
        }

        return arrays;
    }

    /// <summary>Writes a file in one step (see <see cref="AtomicFile"/>), the arrays in the order given.</summary>
    /// <param name="path">The file to create or to replace.</param>
    /// <param name="arrays">The arrays by name.</param>
    /// <param name="isPacked">Whether members are deflated. Default: they are stored.</param>
    /// <exception cref="ArgumentException">
    /// A name is empty, occurs twice or is no valid Unicode, or an array is of BFloat16 or has too many axes; or there are too many.
    /// </exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, TypedArray>> arrays, bool isPacked = false) =>
        AtomicFile.Write(path, stream => Write(stream, arrays, isPacked));

    /// <summary>Writes to a stream.</summary>
    /// <inheritdoc cref="Write(string, IEnumerable{KeyValuePair{string, TypedArray}}, bool)" path="/param|/exception"/>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, TypedArray>> arrays, bool isPacked = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(arrays);
        using ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach ((string name, TypedArray array) in arrays)
        {
            if (string.IsNullOrEmpty(Argument.Unicode(name, "The name of an array")) || !names.Add(name))
                throw new ArgumentException($"The name '{name}' is empty or occurs twice; give each array its own name.");
            if (names.Count > MaxMembers)
                throw new ArgumentException($"More than {MaxMembers} arrays were given; write them to several files.");
            ZipArchiveEntry member =
                archive.CreateEntry(name + Ending, isPacked ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            member.LastWriteTime = s_time;
            using Stream body = member.Open();
            Npy.Write(body, array);
        }
    }

    /// <summary>The members by the names of their arrays.</summary>
    private static OrderedDictionary<string, ZipArchiveEntry> Members(Stream stream, string name)
    {
        OrderedDictionary<string, ZipArchiveEntry> members = new(StringComparer.Ordinal);
        foreach (ZipArchiveEntry member in Entries(stream, name))
        {
            string found = Shorten(member.FullName);
            if (members.Count == MaxMembers)
                throw Error(name, $"more than {MaxMembers} members", "fewer", "split the file");
            if (!member.FullName.EndsWith(Ending, StringComparison.Ordinal) || member.FullName.Length == Ending.Length)
                throw Error(name, $"the member '{found}'", "members NAME.npy only", "give a file written by numpy.savez");
            if (!members.TryAdd(member.FullName[..^Ending.Length], member))
                throw Error(name, $"the member '{found}' a second time", "each name once", "save the arrays again, each by its own name");
        }

        return members;
    }

    private static IReadOnlyCollection<ZipArchiveEntry> Entries(Stream stream, string name)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true).Entries;
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Error(name, "no ZIP archive or a damaged one", "an intact archive", "fetch or save the file again", error);
        }
    }

    private static byte[] Unpack(string file, ZipArchiveEntry member, long left)
    {
        string name = Shorten(member.FullName);
        if (member.IsEncrypted) throw Error(file, $"the encrypted member '{name}'", "a plain one", "save it without a password");
        long most = Math.Min(left, ByteSource.LargestArray);
        if (member.Length > most)
        {
            throw Error(file, $"the member '{name}' of {member.Length} bytes", $"at most {most} more",
                "split the file, or raise the limit if it is meant to be that large");
        }

        try
        {
            using Stream stream = member.Open();
            using ByteSource source = ByteSource.Unpacking(stream, Place(file, member));
            byte[] bytes = source.Take(member.Length, "packed data");
            source.ExpectEnd();
            uint sum = Crc32.Append(0, bytes);
            return sum == member.Crc32 ? bytes
                : throw Error(file, $"the check sum {sum:x8} of the member '{name}'", $"{member.Crc32:x8}", "fetch or save the file again");
        }
        catch (Exception error) when (IsDamage(error))
        {
            throw Error(file, $"the damaged member '{name}'", "an intact one, stored or deflated", "fetch or save the file again", error);
        }
    }

    /// <summary>What the system's ZIP reader throws for damaged archives.</summary>
    private static bool IsDamage(Exception error) => error is InvalidDataException or EndOfStreamException or NotSupportedException;

    private static string Place(string file, ZipArchiveEntry member) => $"{file}: {Shorten(member.FullName)}";

    // A name may have 65,535 bytes; messages must not.
    private static string Shorten(string name) => name.Length <= 120 ? name : name[..120] + "...";

    private static FormatException Error(string file, string found, string expected, string mend, Exception? inner = null) =>
        new($"'{file}': found {found}, expected {expected}; {mend}.", inner);
}
