using System.Runtime.CompilerServices;
using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Training;

/// <summary>The plans of a model, by the shapes of the batch, whether it trains and which parameters are frozen; those whose parameters have moved elsewhere are dropped.</summary>
internal sealed class PlanCache(Module model, GraphPasses passes)
{
    private readonly List<Entry> _entries = [];

    /// <summary>A plan, and the parameters that it gives gradients of.</summary>
    internal sealed record Entry(Plan Plan, Parameter[] Learning, bool IsTraining, TensorSpec[] Arguments, (Parameter Parameter, bool IsTracked)[] Parameters)
    {
        /// <summary>Memory for runs, where one caller runs the plan at a time.</summary>
        public PlanRun Run => field ??= new PlanRun(Plan);

        /// <summary>Memory that no caller uses just now, where several may run the plan at once.</summary>
        public Stack<PlanRun> Idle { get; } = [];

        /// <summary>The gradients as the optimiser takes them, once it has asked for them.</summary>
        public StepGradients? Gradients { get; set; }

        /// <summary>How many results stand between the loss and the gradients.</summary>
        public int Outputs { get; } = Math.Max(0, Plan.Graph.Results.Count - 1 - Learning.Length);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool Fits(bool isTraining, ReadOnlySpan<Tensor> arguments)
        {
            if (isTraining != IsTraining || arguments.Length != Arguments.Length) return false;
            for (int i = 0; i < arguments.Length; i++)
            {
                if (arguments[i].Spec != Arguments[i]) return false;
            }
            foreach ((Parameter parameter, bool isTracked) in Parameters)
            {
                if (parameter.RequiresGrad != isTracked) return false;
            }
            return true;
        }
    }

    /// <summary>The plan that ran last.</summary>
    public Entry? Last { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Entry? Find(params ReadOnlySpan<Tensor> arguments)
    {
        if (Last is not null && Last.Fits(model.IsTraining, arguments) && Last.Plan.IsCurrent) return Last;
        _entries.RemoveAll(entry => !entry.Plan.IsCurrent);
        foreach (Entry entry in _entries)
        {
            if (entry.Fits(model.IsTraining, arguments)) return Last = entry;
        }
        return null;
    }

    /// <summary>Forgets all plans.</summary>
    public void Clear()
    {
        _entries.Clear();
        Last = null;
    }

    public Entry Add((Graph Graph, Parameter[] Learning) traced, ReadOnlySpan<Tensor> arguments, LazyResults? lazily = null)
    {
        Plan plan = new(traced.Graph, passes, lazily);
        TensorSpec[] specs = new TensorSpec[arguments.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = arguments[i].Spec;
        Last = new Entry(plan, traced.Learning, model.IsTraining, specs, [.. model.Parameters().Select(parameter => (parameter, parameter.RequiresGrad))]);
        _entries.Add(Last);
        return Last;
    }
}
