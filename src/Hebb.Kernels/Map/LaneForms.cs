namespace Hebb.Kernels;

/// <summary>y = f(x), element by element: a function of one register of lanes, written once for every width and number type.</summary>
/// <remarks>Implement it in a struct and mark <see cref="Lane"/> with <c>AggressiveInlining</c>: the loops then contain its body.</remarks>
public interface IUnaryLane
{
    /// <summary>f(x)</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <param name="x">The inputs.</param>
    /// <returns>As many outputs.</returns>
    V Lane<V>(V x) where V : struct, ILane<V>;
}

/// <summary>y = f(a, b), element by element. A comparison returns a mask.</summary>
/// <remarks>Implement it in a struct and mark <see cref="Lane"/> with <c>AggressiveInlining</c>.</remarks>
public interface IBinaryLane
{
    /// <summary>f(a, b)</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <param name="a">The first inputs.</param>
    /// <param name="b">The second inputs.</param>
    /// <returns>As many outputs.</returns>
    V Lane<V>(V a, V b) where V : struct, ILane<V>;
}

/// <summary>y = f(a, b, c), element by element.</summary>
/// <remarks>Implement it in a struct and mark <see cref="Lane"/> with <c>AggressiveInlining</c>.</remarks>
public interface ITernaryLane
{
    /// <summary>f(a, b, c)</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <param name="a">The first inputs.</param>
    /// <param name="b">The second inputs.</param>
    /// <param name="c">The third inputs.</param>
    /// <returns>As many outputs.</returns>
    V Lane<V>(V a, V b, V c) where V : struct, ILane<V>;
}

/// <summary>
/// (y₀, y₁, …) = f(x₀, x₁, …), element by element, with any number of inputs and outputs: an optimizer's update, a gradient that gives
/// two results, a fused expression.
/// </summary>
/// <remarks>
/// Implement it in a struct and mark <see cref="Run"/> with <c>AggressiveInlining</c>; give input and output numbers as constants. An
/// output may be the same memory as an input when all inputs of a call are read before that output is written.
/// </remarks>
public interface ILaneBody
{
    /// <summary>Reads one register of each input and writes one of each output.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <typeparam name="TIo">Where to read and write.</typeparam>
    /// <param name="io">Where to read and write.</param>
    void Run<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>;
}

/// <summary>The place in the inputs and outputs at which an <see cref="ILaneBody"/> works now.</summary>
/// <typeparam name="V">The register of lanes.</typeparam>
public interface ILaneIo<V> where V : struct, ILane<V>
{
    /// <summary>Reads one register of an input.</summary>
    /// <param name="input">Which input, from 0.</param>
    /// <returns>The numbers.</returns>
    V Load(int input);

    /// <summary>Writes one register of an output.</summary>
    /// <param name="output">Which output, from 0.</param>
    /// <param name="value">The numbers.</param>
    void Store(int output, V value);
}

/// <summary>
/// A function of the inputs of a loop at one place. Expressions are composed as types,
/// so that a loop over a composed one contains all of its parts.
/// </summary>
/// <remarks>Implement it in a struct and mark <see cref="Value"/> with <c>AggressiveInlining</c>.</remarks>
internal interface ILaneExpression
{
    /// <summary>The function's value.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <typeparam name="TIo">Where to read.</typeparam>
    /// <param name="io">Where to read.</param>
    /// <returns>One register of values.</returns>
    V Value<V, TIo>(ref TIo io) where V : struct, ILane<V> where TIo : struct, ILaneIo<V>;
}
