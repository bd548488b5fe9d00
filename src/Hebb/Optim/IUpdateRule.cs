using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>
/// How a gradient moves a weight: hyper-parameters, the names of the arrays of state that each parameter needs, and one lane function.
/// Traversal, groups, clipping and decay are the <see cref="Optimizer"/>'s, so that no rule can get them wrong. A rule holds no state and
/// can serve many optimizers.
/// </summary>
public interface IUpdateRule
{
    /// <summary>A sensible first learning rate, taken when an optimizer is given none.</summary>
    double DefaultLearningRate { get; }

    /// <summary>The names of the arrays of state that a parameter needs, as they are saved; at most five. They start as zeros.</summary>
    IReadOnlyList<string> StateNames { get; }

    /// <summary>
    /// Numbers that are added to others in the update: each parameter's type must hold them, and none of them as 0. None by default.
    /// </summary>
    IReadOnlyList<double> Constants => [];

    /// <summary>Moves one parameter: makes the lane function for this step and runs it with <see cref="UpdateStep.Run"/>.</summary>
    void Apply(in UpdateStep step);
}

/// <summary>The update of a rule, element by element, at any lane width, for float and double.</summary>
/// <remarks>Implement it in a struct and mark <see cref="Lane"/> with <c>AggressiveInlining</c>.</remarks>
public interface IUpdateLane
{
    /// <summary>How many arrays of state the lane uses: from 0 to 5.</summary>
    static abstract int StateCount { get; }

    /// <summary>Moves weights and their state.</summary>
    /// <typeparam name="V">The register of lanes.</typeparam>
    /// <param name="w">The weights before the update.</param>
    /// <param name="g">The gradient, after clipping and coupled decay.</param>
    /// <param name="s">The states before and after the update; elements below 2⁻¹⁰⁰ are then flushed to zero.</param>
    /// <returns>The weights after the update.</returns>
    V Lane<V>(V w, V g, ref UpdateStates<V> s) where V : struct, ILane<V>;
}
