using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// Joins results in the order in which they come, in a binary tree: neighbors first, then neighboring pairs, and so on, so that rounding
/// errors grow with the logarithm of the number of blocks. What is left at the end is joined from the latest to the earliest.
/// </summary>
internal unsafe ref struct FoldTree(ref FoldPass pass, int outputs, byte* memory)
{
    private readonly ref FoldPass _pass = ref pass;
    private int _taken;

    /// <summary>How many bytes of memory it needs for some results of some outputs.</summary>
    public static long Bytes(long results, int outputs, int size)
    {
        long levels = 1;
        for (; results > 0; results >>= 1) levels++;
        return levels * outputs * size;
    }

    /// <summary>Where to put the next result before it is taken.</summary>
    public readonly byte* Next => Level(int.PopCount(_taken));

    /// <summary>Takes the next result.</summary>
    public void Take()
    {
        int top = int.PopCount(_taken);
        for (int full = _taken; (full & 1) != 0; full >>= 1, top--) _pass.Join(Level(top - 1), Level(top), outputs);
        _taken++;
    }

    /// <summary>Joins what is left, and gives where the result is.</summary>
    public readonly byte* Finish()
    {
        for (int top = int.PopCount(_taken) - 1; top > 0; top--) _pass.Join(Level(top - 1), Level(top), outputs);
        return memory;
    }

    private readonly byte* Level(int level) => memory + ((long)level * outputs * _pass.Size);
}
