namespace Hebb;

/// <summary>What stands in the positions that padding adds.</summary>
public enum PadMode
{
    /// <summary>One value.</summary>
    Constant,

    /// <summary>The nearest element: a b c becomes a a [a b c] c c.</summary>
    Edge,

    /// <summary>The elements mirrored at the outermost one, which is not repeated: a b c becomes c b [a b c] b a.</summary>
    Reflect,

    /// <summary>The elements from the other end, as if the axis were a ring: a b c becomes b c [a b c] a b.</summary>
    Circular,
}
