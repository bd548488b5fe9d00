using System.Runtime.CompilerServices;
using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>A training step that is recorded once for each shape of a batch, and then replayed without allocation. Made by the Step methods of <see cref="Compiled"/>.</summary>
public sealed class CompiledStep
{
    private readonly Module _model;
    private readonly Optimizer _optimizer;
    private readonly Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> _loss;
    private readonly PlanCache _plans;
    private readonly int _pieces;

    internal CompiledStep(Module model, Optimizer optimizer, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> loss, GraphPasses passes, int accumulationSteps)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfLessThan(accumulationSteps, 1);
        (_model, _optimizer, _loss, _pieces) = (model, optimizer, loss, accumulationSteps);
        _plans = new PlanCache(model, passes);
    }

    /// <summary>What the last step gave beside the loss, the model's output first; the next step overwrites it.</summary>
    /// <exception cref="InvalidOperationException">No step has run.</exception>
    public Tensor Output(int i = 0)
    {
        PlanCache.Entry entry = _plans.Last ?? throw new InvalidOperationException("The output of a compiled step was asked for before any ran; call Run first.");
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)entry.Outputs);
        return entry.Run.Result(1 + i);
    }

    /// <summary>One step on a batch.</summary>
    /// <returns>The loss before the update. If it is not finite, nothing was updated; <see cref="Explain"/> says where that comes from.</returns>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    /// <exception cref="InvalidOperationException">The model computes with a parameter that it has not registered; the message names its layer.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Run(params ReadOnlySpan<Tensor> batch)
    {
        PlanCache.Entry entry = Plan(batch);
        entry.Run.Compute(batch);
        double loss = entry.Run.Result(0).Item();
        if (double.IsFinite(loss)) Update(entry);
        return loss;
    }

    /// <summary>
    /// Why the loss of a batch is not finite: replays the step op by op, changing nothing, and names op, layer and element where the first such value arose, or
    /// what held one already.
    /// </summary>
    /// <returns>An exception with a one-sentence message for the caller to throw; null if the loss is finite.</returns>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public NonFiniteException? Explain(params ReadOnlySpan<Tensor> batch)
    {
        (IReadOnlyList<OpRun> runs, Tensor loss) = GraphReplay.UpTo(Plan(batch).Plan.Graph, result: 0, batch);
        return NonFiniteLoss.Explain(runs, loss, _model, batch);
    }

    /// <summary>
    /// Runs some steps on a batch and measures each op, forward and backward in order, and beside it the ops that it may have been fused of, one by one; the
    /// last line is the update of all parameters.
    /// </summary>
    /// <param name="steps">How many steps to run, at least 1; the medians of their times are reported.</param>
    /// <param name="batch">The batch.</param>
    /// <exception cref="TraceException">The model cannot be traced; the message names the op.</exception>
    public IReadOnlyList<ProfileLine> Profile(int steps, params ReadOnlySpan<Tensor> batch)
    {
        PlanCache.Entry entry = Plan(batch);
        return PlanProfile.Of(entry.Plan, entry.Run, steps, batch, () => Update(entry));
    }

    private PlanCache.Entry Plan(ReadOnlySpan<Tensor> batch)
    {
        bool isLazy = _optimizer.TakesLazyGradients;
        if (_plans.Last is { } last && (last.Plan.Lazily is not null) != isLazy) _plans.Clear();
        if (_plans.Find(batch) is { } known) return known;
        (Graph graph, Parameter[] learning) = Trace(batch);
        return _plans.Add((graph, learning), batch, isLazy ? _optimizer.LazyGradients(graph.Results.Count - learning.Length) : null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Update(PlanCache.Entry entry)
    {
        entry.Run.Commit();
        int first = 1 + entry.Outputs;
        if (entry.Plan.Lazily is not null)
        {
            _optimizer.Step(entry.Gradients ??= Gradients(entry));
            return;
        }
        for (int i = 0; i < entry.Learning.Length; i++) entry.Learning[i].Grad = entry.Run.Result(first + i);
        _optimizer.Step();
        foreach (Parameter parameter in entry.Learning) parameter.Grad = null;
    }

    private StepGradients Gradients(PlanCache.Entry entry)
    {
        Dictionary<Parameter, (Tensor, LazyGradient?)> gradients = [];
        for (int i = 0; i < entry.Learning.Length; i++)
        {
            int result = 1 + entry.Outputs + i;
            gradients.Add(entry.Learning[i], (entry.Run.Result(result), entry.Run.Lazy(result)));
        }
        return _optimizer.Gradients(gradients);
    }

    /// <summary>The step as a graph whose results are those of the loss and then the gradients of the parameters that it reaches.</summary>
    private (Graph Graph, Parameter[] Learning) Trace(ReadOnlySpan<Tensor> batch)
    {
        Parameter[] learning = [.. _model.Parameters().Where(parameter => parameter.RequiresGrad)];
        TensorSpec[] specs = new TensorSpec[batch.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = batch[i].Spec;
        Graph graph = Graph.Trace(
            arguments =>
            {
                (IReadOnlyList<Tensor> values, Tensor?[] gradients) = Accumulation.Run(arguments, _pieces, _loss, learning);
                learning = [.. learning.Where((_, i) => gradients[i] is not null)];
                return [.. values, .. gradients.OfType<Tensor>()];
            },
            specs);
        if (LostParameters.Find(graph, _model) is { } lost) throw new InvalidOperationException(lost);
        return (graph, learning);
    }
}
