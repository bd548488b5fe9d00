using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>What a fill makes of words: a threshold or bound, and the bits of a value.</summary>
internal readonly record struct PhiloxRule(long Bound, long Value = 0);

/// <summary>The words at hand in a fill, a few groups of them, and the part of them to turn into elements.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Position">The position of the first element.</param>
/// <param name="Skip">The first element's place among the words.</param>
/// <param name="Count">How many elements there are.</param>
internal readonly record struct PhiloxPart(ulong Seed, ulong Stream, ulong Position, int Skip, int Count);

/// <summary>Fills an array from the words at its positions, part by part, with threads where it is long.</summary>
internal unsafe struct PhiloxFill : IJob
{
    /// <summary>Elements of one 32-bit word each: so many in a group of blocks.</summary>
    public const int Floats = PhiloxBlocks.Group;

    /// <summary>Elements of one 64-bit word each: so many in a group of blocks.</summary>
    public const int Doubles = PhiloxBlocks.Group / 2;

    /// <summary>How many groups are made at a time.</summary>
    public const int Groups = 16;

    private const int Chunk = 16384;

    private ulong _seed, _stream, _position;
    private byte* _y;
    private int _count, _size, _perGroup;
    private PhiloxRule _rule;
    private delegate*<void*, in PhiloxPart, in PhiloxRule, void*, void> _convert;

    public static void Go<T>(
        ulong seed,
        ulong stream,
        ulong position,
        Span<T> y,
        int perGroup,
        delegate*<void*, in PhiloxPart, in PhiloxRule, void*, void> convert,
        PhiloxRule rule) where T : unmanaged
    {
        fixed (T* to = y)
        {
            PhiloxFill fill = default;
            (fill._seed, fill._stream, fill._position, fill._rule) = (seed, stream, position, rule);
            (fill._count, fill._size, fill._perGroup) = (y.Length, sizeof(T), perGroup);
            fill._y = (byte*)to;
            fill._convert = convert;
            if (y.Length < 2 * Chunk) fill.Part(0, y.Length);
            else Team.Run((int)(((long)y.Length + Chunk - 1) / Chunk), ref fill);
        }
    }

    public readonly void Run(int chunk) => Part(chunk * Chunk, Math.Min(Chunk, _count - (chunk * Chunk)));

    /// <summary>Fills some elements.</summary>
    [SkipLocalsInit]
    private readonly void Part(int first, int count)
    {
        ulong* words = stackalloc ulong[Groups * Doubles];
        for (int done = 0; done < count;)
        {
            ulong position = _position + (ulong)(first + done), group = position / (ulong)_perGroup, left = 0 - position;
            int skip = (int)(position % (ulong)_perGroup), part = Math.Min(count - done, (Groups * _perGroup) - skip);
            if (left != 0 && left < (ulong)part) part = (int)left; // positions wrap: the next group is the first
            int groups = (skip + part + _perGroup - 1) / _perGroup;
            if (_perGroup == Floats) PhiloxBlocks.Words(_seed, _stream, group, (uint*)words, groups);
            else PhiloxBlocks.WideWords(_seed, _stream, group, words, groups);
            _convert(words, new PhiloxPart(_seed, _stream, position, skip, part), _rule, _y + ((long)(first + done) * _size));
            done += part;
        }
    }
}
