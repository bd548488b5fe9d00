using System.Collections.Concurrent;

namespace Hebb.Kernels;

/// <summary>
/// A pass of a convolution, decided once: its algorithm, and every size and offset that follows from shape and strides. A plan does not
/// change, so threads may share it; it serves any lane width and number of threads.
/// </summary>
internal abstract class ConvPlan<T> where T : unmanaged
{
    // Beyond so many different problems (batches of many lengths, say) all are forgotten and made again when asked for.
    private const int MostPlans = 512;

    private static readonly ConcurrentDictionary<ConvProblem, ConvPlan<T>> s_plans = new();

    // How many numbers the stacks have at least.
    private readonly long _inputExtent, _outputExtent;

    private protected ConvPlan(in ConvProblem problem)
    {
        Problem = problem;
        Shape = problem.Shape;
        _inputExtent = ConvCheck.Extent(problem.InputSizes, problem.X);
        _outputExtent = ConvCheck.Extent(problem.OutputSizes, problem.Y);
    }

    /// <summary>What the plan was made for.</summary>
    public readonly ConvProblem Problem;

    /// <summary>The sizes.</summary>
    public readonly ConvShape Shape;

    /// <summary>
    /// Over how many numbers that lie side by side lanes run: they are as wide as these fill, and at most as wide as those in use.
    /// </summary>
    private protected virtual int LaneNumbers => int.MaxValue;

    /// <summary>The plan of a problem. Plans are kept, so that to ask again costs little and allocates nothing.</summary>
    /// <exception cref="ArgumentException">Sizes, layout or strides do not fit together; the message says which.</exception>
    private protected static ConvPlan<T> For(in ConvProblem problem) =>
        s_plans.TryGetValue(problem, out ConvPlan<T>? plan) ? plan : Make(problem);

    private static ConvPlan<T> Make(in ConvProblem problem)
    {
        problem.Validate<T>();
        if (s_plans.Count >= MostPlans) s_plans.Clear();
        return s_plans.GetOrAdd(problem, ConvAlgorithms<T>.First(problem.Shape, problem.Layout, problem.Pass).Plan(problem));
    }

    private protected void CheckInputs(int length)
    {
        if (length < _inputExtent) ConvCheck.Reach(Problem.InputName, length, _inputExtent, Problem.InputSizes, Problem.X);
    }

    private protected void CheckOutputs(int length)
    {
        if (length < _outputExtent) ConvCheck.Reach(Problem.OutputName, length, _outputExtent, Problem.OutputSizes, Problem.Y);
    }
}
