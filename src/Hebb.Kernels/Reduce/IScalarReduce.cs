namespace Hebb.Kernels;

/// <summary>A reduction, number by number in order, of types that have no lanes, or to another type.</summary>
/// <typeparam name="TIn">The type of the numbers.</typeparam>
/// <typeparam name="TOut">The type of the result.</typeparam>
public interface IScalarReduce<TIn, TOut>
{
    /// <summary>The result of no numbers.</summary>
    TOut Start { get; }

    /// <summary>Takes one more number in.</summary>
    /// <param name="a">The result so far.</param>
    /// <param name="x">The number.</param>
    /// <returns>The result now.</returns>
    TOut Step(TOut a, TIn x);
}
