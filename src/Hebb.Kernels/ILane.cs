namespace Hebb.Kernels;

/// <summary>
/// A register of lanes: several floats or doubles that one instruction works on. A function written over <typeparamref name="V"/> is
/// written once and runs at every width, and it gives the same bits at every width: multiplication followed by addition is rounded
/// twice unless <see cref="Fma"/> is written.
/// </summary>
/// <remarks>Comparisons give masks: lanes of all ones where they hold and all zeros where they do not.</remarks>
public interface ILane<V> where V : struct, ILane<V>
{
    /// <summary>How many numbers one register holds.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the numbers are doubles; otherwise they are floats. The compiler folds branches on it.</summary>
    static abstract bool IsDouble { get; }

    /// <summary>The same value, rounded to the lane type, in every lane.</summary>
    static abstract V Of(double value);

    /// <summary>a + b</summary>
    static abstract V operator +(V a, V b);

    /// <summary>a - b</summary>
    static abstract V operator -(V a, V b);

    /// <summary>a * b</summary>
    static abstract V operator *(V a, V b);

    /// <summary>a / b</summary>
    static abstract V operator /(V a, V b);

    /// <summary>-a (the sign bit is flipped, so -0 and NaN follow IEEE 754)</summary>
    static abstract V operator -(V a);

    /// <summary>Bitwise and.</summary>
    static abstract V operator &(V a, V b);

    /// <summary>Bitwise or.</summary>
    static abstract V operator |(V a, V b);

    /// <summary>Bitwise exclusive or.</summary>
    static abstract V operator ^(V a, V b);

    /// <summary>Bitwise complement, which negates a mask.</summary>
    static abstract V operator ~(V a);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    /// <summary>The smaller; NaN when either is NaN (IEEE 754-2019 minimum).</summary>
    static abstract V Min(V a, V b);

    /// <summary>The larger; NaN when either is NaN (IEEE 754-2019 maximum).</summary>
    static abstract V Max(V a, V b);

    /// <summary>|a|</summary>
    static abstract V Abs(V a);

    /// <summary>√a</summary>
    static abstract V Sqrt(V a);

    /// <summary>The nearest whole number, halves to even.</summary>
    static abstract V Round(V a);

    /// <summary>The largest whole number not above a.</summary>
    static abstract V Floor(V a);

    /// <summary>Mask of a &lt; b.</summary>
    static abstract V Less(V a, V b);

    /// <summary>Mask of a ≤ b.</summary>
    static abstract V LessOrEqual(V a, V b);

    /// <summary>Mask of a = b.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>Where the mask holds <paramref name="yes"/>, elsewhere <paramref name="no"/>.</summary>
    static abstract V Select(V mask, V yes, V no);

    /// <summary>Adds the whole number in each lane of <paramref name="n"/> to the lane's bits seen as an integer.</summary>
    static abstract V AddToBits(V a, V n);

    /// <summary>Shifts each lane's bits, seen as a signed integer, to the right.</summary>
    static abstract V ShiftRight(V a, int bits);

    /// <summary>Shifts each lane's bits to the left.</summary>
    static abstract V ShiftLeft(V a, int bits);

    /// <summary>The lane's bits seen as a signed integer, converted to a number (exact below 2^24 or 2^53).</summary>
    static abstract V BitsToNumber(V a);

    /// <summary>A whole number converted to the bits of that integer.</summary>
    static abstract V NumberToBits(V a);
}

/// <summary>A register of lanes that reads and writes memory of element type <typeparamref name="T"/> (float or double).</summary>
public interface ILane<V, T> : ILane<V> where V : struct, ILane<V, T> where T : unmanaged
{
    /// <summary>Reads <see cref="ILane{V}.Count"/> numbers; no alignment is needed.</summary>
    static abstract unsafe V Load(T* from);

    /// <summary>Writes <see cref="ILane{V}.Count"/> numbers; no alignment is needed.</summary>
    static abstract unsafe void Store(T* to, V value);

    /// <summary>Reads one number into every lane.</summary>
    static abstract unsafe V Broadcast(T* from);
}
