using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A reduction of many numbers to one: y = finish(a), where a starts at <see cref="Start"/> and takes in one number after the other. The
/// numbers are dealt to a fixed number of such a, whatever the lane width, which are joined in a fixed tree.
/// </summary>
/// <typeparam name="TSelf">The reducer itself.</typeparam>
/// <remarks>Implement it in a struct and mark all methods with <c>AggressiveInlining</c>.</remarks>
public interface IReduceLane<TSelf> where TSelf : struct, IReduceLane<TSelf>
{
    /// <summary>The value before any number: joining it to another changes nothing.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <returns>The start value in every lane.</returns>
    static abstract V Start<V>() where V : struct, ILane<V>;

    /// <summary>Joins what was gathered from two parts.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <param name="a">The earlier part.</param>
    /// <param name="b">The later part.</param>
    /// <returns>What both have gathered.</returns>
    static abstract V Join<V>(V a, V b) where V : struct, ILane<V>;

    /// <summary>Takes one more number in; unless the reducer says otherwise, as if it were gathered from a part.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <param name="a">What was gathered so far.</param>
    /// <param name="x">The number.</param>
    /// <returns>What is gathered now.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Step<V>(V a, V x) where V : struct, ILane<V> => TSelf.Join(a, x);

    /// <summary>The result of what was gathered from all numbers: itself, unless the reducer says otherwise.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <param name="a">What was gathered.</param>
    /// <returns>The result.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static virtual V Finish<V>(V a) where V : struct, ILane<V> => a;
}
