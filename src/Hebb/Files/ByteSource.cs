using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Hebb.Files;

/// <summary>
/// The bytes of a file on their way into a reader. It unpacks gzip, known by its first two bytes, refuses more than a given number of
/// unpacked bytes, and never allocates more than the data can fill: where the length of the rest is unknown, arrays grow as they are read.
/// </summary>
internal sealed class ByteSource : IDisposable
{
    /// <summary>The largest array that .NET allocates for bytes.</summary>
    public const long LargestArray = 0x7FFFFFC7;

    private const long MostPiped = 1L << 32;
    private const int FirstBlock = 1 << 22, MostUnpacked = 1032; // bytes for each packed one, that deflate can make

    private readonly Stream _file;
    private readonly Stream _stream; // the file or what unpacks it
    private readonly bool _owned;
    private readonly bool _packed;
    private readonly long _limit;
    private readonly long _length; // of the bytes that Read delivers, or -1 where only reading tells

    private ByteSource(Stream stream, string name, long limit, bool unpack, bool owned)
    {
        Name = name;
        _limit = limit;
        _packed = unpack && stream.CanSeek && IsGzip(stream);
        _owned = owned || _packed;
        _length = _packed || !stream.CanSeek ? -1 : stream.Length - stream.Position;
        _file = stream;
        // What cannot be is the end of a file that was cut off, which reading finds out.
        if (_packed && StatedLength() is { } stated && stated > limit && stated / MostUnpacked <= stream.Length)
            throw TooLarge($"{stated} unpacked bytes stated at the file's end");
        _stream = _packed ? new GZipStream(stream, CompressionMode.Decompress, leaveOpen: !owned) : stream;
    }

    /// <summary>The file's name for messages.</summary>
    public string Name { get; }

    /// <summary>Takes in all that is delivered; null if no hash of it is wanted.</summary>
    public Sha256? Hash { get; set; }

    /// <summary>Bytes delivered so far, counted after unpacking.</summary>
    public long Position { get; private set; }

    /// <summary>Opens a file. Its unpacked content may have at most <paramref name="limit"/> bytes if it is packed.</summary>
    public static ByteSource Open(string path, long limit, bool unpack = true)
    {
        Argument.Above(limit, 0);
        FileStream stream = OpenFile(path);
        try
        {
            return new ByteSource(stream, path, limit, unpack, owned: true);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a text file, packed or not, to be read in UTF-8; see <see cref="TextBytes"/>.</summary>
    public static ByteSource OpenText(string path, long limit)
    {
        Argument.Above(limit, 0);
        FileStream file = OpenFile(path);
        try
        {
            return new ByteSource(TextBytes.Of(file, path), path, limit, unpack: true, owned: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens a file as it is, or says that it is not there. A pipe, which can be read once and forward only, is copied first.
    /// </summary>
    public static FileStream OpenFile(string path)
    {
        FileStream file = OpenAsItIs(path);
        return file.CanSeek ? file : Copied(file, path);
    }

    /// <summary>Opens a file or a pipe, or says that it is not there.</summary>
    public static FileStream OpenAsItIs(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path)) throw new FileNotFoundException($"'{path}' is a folder; give the path of a file.", path);
        if (!File.Exists(path)) throw NoFile(path);
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
    }

    /// <summary>The error of a file that is not there.</summary>
    public static FileNotFoundException NoFile(string path) => new($"'{path}' does not exist; check the path.", path);

    /// <summary>What comes out of a pipe, in a file without a name, which is gone when it is closed or the process ends.</summary>
    private static FileStream Copied(FileStream pipe, string path)
    {
        using FileStream source = pipe;
        string name = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        FileStream copy = new(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            if (!OperatingSystem.IsWindows()) File.Delete(name);
            byte[] block = new byte[1 << 16];
            for (int got; (got = source.Read(block)) > 0; copy.Write(block.AsSpan(0, got)))
            {
                if (copy.Position > MostPiped)
                    throw new FormatException($"'{path}' at byte {copy.Position}: found a pipe that goes on, expected at most "
                        + $"{MostPiped} bytes; write them to a file and give that.");
            }
            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    /// <summary>Reads from a stream that stays the caller's.</summary>
    public static ByteSource Over(Stream stream, string name, long limit, bool unpack = true)
    {
        RequireSeek(stream);
        Argument.Above(limit, 0);
        return new ByteSource(stream, name, limit, unpack, owned: false);
    }

    /// <summary>Reads a text in UTF-8 from a stream that stays the caller's; see <see cref="TextBytes"/>.</summary>
    public static ByteSource OverText(Stream stream, string name, long limit)
    {
        RequireSeek(stream);
        Argument.Above(limit, 0);
        return new ByteSource(TextBytes.Of(stream, name), name, limit, unpack: true, owned: false);
    }

    /// <summary>Reads what a packed file's own reader unpacks, a stream that stays the caller's and whose end only reading tells.</summary>
    public static ByteSource Unpacking(Stream stream, string name) => new(stream, name, LargestArray, unpack: false, owned: false);

    /// <summary>The one sentence of every reader: what was found where, what was expected, and how to mend it.</summary>
    public FormatException Error(long offset, string found, string expected, string mend) =>
        new($"'{Name}' at {(_packed ? "unpacked " : "")}byte {offset}: found {PlainText.Of(found)}, expected {expected}; {mend}.");

    /// <summary>Reads up to the length of <paramref name="into"/>; fewer only at the end.</summary>
    public int Read(Span<byte> into)
    {
        int done = 0;
        try
        {
            while (done < into.Length)
            {
                int got = _stream.Read(into[done..]);
                if (got == 0) break;
                done += got;
            }

            if (_packed && done < into.Length) CheckGzipLength(Position + done);
        }
        catch (DecoderFallbackException)
        {
            throw Error(Position + done, "bytes that are not UTF-16", "text in UTF-16, as its mark says", "save the file as UTF-8");
        }
        catch (InvalidDataException)
        {
            string kind = _packed ? "gzip" : "deflate";
            throw Error(Position + done, $"damaged {kind} data", $"an intact {kind} stream", "fetch or pack the file again");
        }

        Position += done;
        Hash?.Append(into[..done]);
        if (_length < 0 && Position > _limit)
        {
            throw TooLarge($"more than {_limit} unpacked bytes");
        }

        return done;
    }

    /// <summary>Fills <paramref name="into"/> or fails naming <paramref name="what"/> was to be read.</summary>
    public void Fill(Span<byte> into, string what)
    {
        int got = Read(into);
        if (got < into.Length) throw Short(what, got, into.Length);
    }

    /// <summary>Reads <paramref name="count"/> bytes into a new array, having checked first that they can be there.</summary>
    public byte[] Take(long count, string what)
    {
        if (_length >= 0 && count > _length - Position) throw Short(what, _length - Position, count);
        long most = Math.Min(LargestArray, _packed ? _limit : LargestArray);
        if (count > most)
        {
            throw Error(Position, $"{what} of {count} bytes", $"at most {most}",
                "split the file, or raise the limit if it is meant to be that large");
        }

        byte[] result = new byte[_length >= 0 ? count : Math.Min(count, FirstBlock)];
        int got = Read(result);
        while (got == result.Length && got < count)
        {
            Array.Resize(ref result, (int)Math.Min(count, 2L * got));
            got += Read(result.AsSpan(got));
        }

        return got == count ? result : throw Short(what, got, count);
    }

    /// <summary>Reads the elements of an array of the given shape, as stored.</summary>
    public byte[] TakeArray(ElementType type, ReadOnlySpan<int> shape, string what)
    {
        long bytes = shape.Contains(0) ? 0 : type.Size;
        foreach (int axis in shape)
        {
            bytes *= axis; // below 2^62: both factors are below 2^31
            if (bytes > LargestArray)
            {
                throw Error(Position, $"a shape of more than {LargestArray} bytes", "an array that fits in memory",
                    "correct the header or split the file");
            }
        }

        return Take(bytes, what);
    }

    /// <summary>Fails if a byte that <see cref="Position"/> <paramref name="at"/> begins is neither 0 nor 1.</summary>
    public void ExpectBools(ReadOnlySpan<byte> bytes, long at)
    {
        int wrong = bytes.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (wrong >= 0) throw Error(at + wrong, $"the byte {bytes[wrong]}", "0 or 1 for a bool", "write the file again");
    }

    /// <summary>Fails if more bytes are left than a limit, where that is known before they are read.</summary>
    public void RequireAtMost(long limit, string what)
    {
        if (_length - Position > limit)
            throw Error(Position, $"{_length - Position} bytes of {what}", $"at most {limit}",
                "split the file, or raise the limit if it is meant to be that large");
    }

    /// <summary>Reads everything that is left.</summary>
    public byte[] TakeRest(string what)
    {
        if (_length >= 0) return Take(_length - Position, what);
        long most = Math.Min(LargestArray, _limit < LargestArray ? _limit + 1 : LargestArray); // one more, so that too much is noticed
        byte[] result = new byte[Math.Min(FirstBlock, most)];
        int got = Read(result);
        while (got == result.Length && got < most)
        {
            Array.Resize(ref result, (int)Math.Min(most, 2L * got));
            got += Read(result.AsSpan(got));
        }

        Array.Resize(ref result, got);
        ExpectEnd();
        return result;
    }

    /// <summary>Fails unless every byte has been read. It also makes gzip check its own sum.</summary>
    public void ExpectEnd()
    {
        long end = Position;
        Span<byte> one = stackalloc byte[1];
        if (Read(one) != 0)
            throw Error(end, "more bytes", "the end of the file", "remove what follows or correct the counts in the header");
    }

    public uint ReadUInt32Big(string what)
    {
        Span<byte> four = stackalloc byte[4];
        Fill(four, what);
        return BinaryPrimitives.ReadUInt32BigEndian(four);
    }

    public void Dispose()
    {
        if (_owned) _stream.Dispose();
    }

    /// <summary>
    /// A gzip stream ends with the number of its unpacked bytes modulo 2³². The system's reader checks the sum before it but takes a
    /// stream that is cut off for a short one.
    /// </summary>
    private void CheckGzipLength(long unpacked)
    {
        if (StatedLength() != (uint)unpacked)
        {
            throw Error(unpacked, $"the end of the data after {unpacked} bytes", "as many as the gzip stream states at its end",
                "the file is cut off or made of several parts, so fetch it or pack it again in one");
        }
    }

    /// <summary>The last four bytes of a gzip stream, for data below 4 GiB their length; null if there are not so many.</summary>
    private uint? StatedLength()
    {
        Span<byte> last = stackalloc byte[4];
        long at = _file.Position;
        _file.Position = Math.Max(0, _file.Length - 4);
        int got = _file.ReadAtLeast(last, 4, throwOnEndOfStream: false);
        _file.Position = at;
        return got < 4 ? null : BinaryPrimitives.ReadUInt32LittleEndian(last);
    }

    private FormatException TooLarge(string found) =>
        Error(Position, found, $"at most {_limit}",
            "unpack the file by hand or raise the limit if it is meant to be that large, and fetch it again if not");

    private FormatException Short(string what, long got, long wanted) =>
        Error(Position, $"{got} bytes of {what}", $"{wanted}", "the file is cut off or its header is wrong, so fetch or write it again");

    private static void RequireSeek(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek) throw new ArgumentException("The stream cannot seek; copy it into a MemoryStream first.", nameof(stream));
    }

    private static bool IsGzip(Stream stream)
    {
        Span<byte> start = stackalloc byte[2];
        int got = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        stream.Position -= got;
        return got == 2 && start[0] == 0x1f && start[1] == 0x8b;
    }
}
