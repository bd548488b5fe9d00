using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// A plan with memory and the arguments that it looks at. Results may be views of arguments, so arguments stay reachable until the next
/// run, or until they are let go.
/// </summary>
internal sealed class BoundRun
{
    private readonly PlanRun _run;
    private readonly Tensor?[] _arguments;

    public BoundRun(Plan plan)
    {
        _run = new PlanRun(plan);
        _arguments = new Tensor?[plan.Graph.Arguments.Count];
    }

    /// <summary>Memory and instructions.</summary>
    public PlanRun Run => _run;

    /// <summary>A result of the last run; the next run overwrites it.</summary>
    public Tensor Result(int i) => _run.Result(i);

    /// <summary>Computes the results for arguments that fit, and changes nothing else.</summary>
    public void Compute(ReadOnlySpan<Tensor> arguments)
    {
        Hold(arguments);
        _run.Compute(arguments);
    }

    /// <summary>Changes what the graph changes outside, with what was computed last, and moves on in the random streams.</summary>
    public void Commit() => _run.Commit();

    /// <summary>Keeps arguments reachable.</summary>
    public void Hold(ReadOnlySpan<Tensor> arguments) => arguments.CopyTo(_arguments!);

    /// <summary>Lets the arguments go; results that are views of them are no longer to be read.</summary>
    public void LetGo() => Array.Clear(_arguments);
}
