using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A register of lanes: several floats or doubles that one instruction works on. A function written over <typeparamref name="V"/> is
/// written once and runs at every width, and it gives the same bits at every width: multiplication followed by addition is rounded
/// twice unless <see cref="Fma"/> is written.
/// </summary>
/// <remarks>
/// Comparisons give masks: lanes of all ones where they hold and all zeros where they do not. An ulp is the distance between neighboring
/// floats (or doubles) at the true result. NaN in gives NaN out. The compiler inlines without a limit on their number only where every
/// method on the way, property getters included, asks for <see cref="MethodImplOptions.AggressiveInlining"/>.
/// </remarks>
public interface ILane<V> where V : struct, ILane<V>
{
    /// <summary>How many numbers one register holds.</summary>
    static abstract int Count { get; }

    /// <summary>Whether the numbers are doubles; otherwise they are floats. The compiler folds branches on it.</summary>
    static abstract bool IsDouble { get; }

    /// <summary>The same value, rounded to the lane type, in every lane.</summary>
    static abstract V Of(double value);

    /// <summary>The same number in every lane, without a conversion.</summary>
    static abstract V Of(Coefficient value);

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

    /// <summary>
    /// Where a &lt; b <paramref name="yes"/>, elsewhere <paramref name="no"/>: <see cref="Select"/> of <see cref="Less"/> without the mask
    /// as a register of its own, which costs two instructions, one of them with a false dependence on its target in some processors.
    /// </summary>
    static abstract V SelectLess(V a, V b, V yes, V no);

    /// <summary>
    /// a where a &lt; b, else b; so b where either is NaN and where both are zeros. One instruction where <see cref="Min"/> takes several.
    /// </summary>
    static abstract V LessOf(V a, V b);

    /// <summary>
    /// a where a &gt; b, else b; so b where either is NaN and where both are zeros. One instruction where <see cref="Max"/> takes several.
    /// </summary>
    static abstract V GreaterOf(V a, V b);

    /// <summary>Whether the mask holds in at least one lane.</summary>
    static abstract bool Any(V mask);

    /// <summary>The given bits in every lane; a float lane takes the lower 32.</summary>
    static abstract V OfBits(long bits);

    /// <summary>The lanes' bits added as whole numbers, wrapping.</summary>
    static abstract V AddBits(V a, V b);

    /// <summary>The lanes' bits subtracted as whole numbers, wrapping.</summary>
    static abstract V SubtractBits(V a, V b);

    /// <summary>Shifts each lane's bits to the right; zeros come in.</summary>
    static abstract V ShiftRight(V a, int bits);

    /// <summary>Shifts each lane's bits to the left; zeros come in.</summary>
    static abstract V ShiftLeft(V a, int bits);

    /// <summary>
    /// a · 2ⁿ rounded once, subnormal results included, for whole n with |n| ≤ 240 (float) or 2000 (double)
    /// where a · 2^(n/2) is a normal number or n is 0.
    /// </summary>
    static abstract V ScaleByPower(V a, V n);

    /// <summary>
    /// e and the significand m in [3/4, 3/2) with x = 2ᵉ m, for positive x, subnormal numbers included.
    /// ±0 gives e = -∞, m = 1; ∞ gives e = ∞, m = 1; a negative number gives m = NaN; NaN gives NaN twice.
    /// </summary>
    static abstract V SplitPower(V x, out V significand);

    /// <summary>The number in one lane.</summary>
    static abstract double GetLane(V a, int lane);

    /// <summary>a with one lane replaced by <paramref name="value"/>, rounded to the lane type.</summary>
    static abstract V WithLane(V a, int lane, double value);

    /// <summary>
    /// eˣ. At most 2 ulp from the true value, subnormal results included; e^∞ = ∞ (and every x ≥ 88.73 or 709.79), e^-∞ = 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Exp(V x) => ExpLane.Exp(x);

    /// <summary>eˣ - 1, accurate near 0 too: at most 2 ulp; ±0 and tiny x give themselves, ∞ gives ∞, -∞ gives -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Expm1(V x) => ExpLane.Expm1(x);

    /// <summary>eˣ - 1 - x, accurate near 0 too: at most 8 ulp; ∞ gives ∞, -∞ gives ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V ExpRemainder(V x) => ExpLane.Remainder(x);

    /// <summary>ln x. At most 2 ulp, subnormal arguments included; ±0 gives -∞, ∞ gives ∞, negative numbers give NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Log(V x) => LogLane.Log(x);

    /// <summary>
    /// ln(1 + x), accurate near 0 too: at most 2 ulp; ±0 and tiny x give themselves, -1 gives -∞, ∞ gives ∞, x &lt; -1 gives NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Log1p(V x) => LogLane.Log1p(x);

    /// <summary>(eˣ - e⁻ˣ) / (eˣ + e⁻ˣ). At most 2 ulp; odd in all bits, ±∞ gives ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Tanh(V x) => TanhLane.Tanh(x);

    /// <summary>σ(x) = 1 / (1 + e⁻ˣ). At most 4 ulp, subnormal results included; ∞ gives 1, -∞ gives 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Sigmoid(V x) => SigmoidLane.Sigmoid(x);

    /// <summary>ln(1 + eˣ). At most 4 ulp; -∞ gives 0, ∞ gives ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Softplus(V x) => SoftplusLane.Softplus(x);

    /// <summary>ln σ(x) = -ln(1 + e⁻ˣ). At most 4 ulp; ∞ gives 0, -∞ gives -∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V LogSigmoid(V x) => SoftplusLane.LogSigmoid(x);

    /// <summary>erf x = (2/√π) ∫₀ˣ e^(-t²) dt. At most 4 ulp; odd in all bits, ±∞ gives ±1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Erf(V x) => ErfLane.Erf(x);

    /// <summary>
    /// Φ(x) = (1 + erf(x/√2)) / 2, the distribution function of the normal distribution, and e^(-x²/2). At most 8 ulp, subnormal results
    /// included; ∞ gives 1, -∞ gives 0.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Normal(V x, out V bell) => NormalLane.Normal(x, out bell);

    /// <summary>sin x, x in radians, of any size: at most 2 ulp; ±0 gives itself, ±∞ gives NaN.</summary>
    /// <remarks>Lanes beyond 2¹⁶ (float) or 2³⁰ (double) are reduced one by one with integers, some tens of times slower.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Sin(V x) => TrigLane.Sin(x);

    /// <summary>cos x, x in radians, of any size (see <see cref="Sin"/>): at most 2 ulp; ±∞ gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Cos(V x) => TrigLane.Cos(x);

    /// <summary>tan x, x in radians, of any size (see <see cref="Sin"/>): at most 4 ulp; ±0 gives itself, ±∞ gives NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Tan(V x) => TrigLane.Tan(x);

    /// <summary>arctan x in radians. At most 2 ulp; odd in all bits, ±∞ gives ±π/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Atan(V x) => AtanLane.Atan(x);

    /// <summary>
    /// xʸ. At most 2 ulp, subnormal results included; the exceptions of IEEE 754-2019 pow: x⁰ = 1 and 1ʸ = 1 even for NaN, a negative x
    /// needs a whole y and gives NaN otherwise, ±0 and ±∞ follow the limits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Pow(V x, V y) => PowLane.Pow(x, y);
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

    /// <summary>Reads every second number, from[0], from[2], and so on; nothing behind the last of them is touched.</summary>
    static abstract unsafe V LoadEven(T* from);

    /// <summary>Writes the lanes of both in turn: even[0], odd[0], even[1], odd[1], and so on.</summary>
    static abstract unsafe void StoreInterleaved(T* to, V even, V odd);
}
