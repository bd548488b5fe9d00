using System.Runtime.CompilerServices;
using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// The plans of a model, by names and shapes of the batch's tensors, whether it trains and which parameters are frozen. Those whose
/// parameters have moved elsewhere are dropped, and so is the one that ran longest ago where there are too many.
/// </summary>
internal sealed class PlanCache(Module model, GraphPasses passes)
{
    /// <summary>How many plans are kept: each holds the memory of a step.</summary>
    public const int Most = 64;

    private readonly List<Entry> _entries = []; // the one that was found last stands last

    /// <summary>A plan, and for which batches and which state of the model it was recorded.</summary>
    internal sealed record Entry(
        Plan Plan, Recorded Recorded, bool IsTraining, TensorSpec[] Arguments, (Parameter Parameter, bool IsTracked)[] Parameters)
    {
        /// <summary>Memory for runs, where one caller runs the plan at a time.</summary>
        public PlanRun Run => field ??= new PlanRun(Plan);

        /// <summary>Memory that no caller uses just now, where several may run the plan at once.</summary>
        public Stack<PlanRun> Idle { get; } = [];

        /// <summary>What the model gave in the last run; the next overwrites it.</summary>
        public IReadOnlyList<MaskedTensor> Outputs => field ??= OutputsOf(Run);

        /// <summary>What came of the batch that ran last.</summary>
        public BatchResult ResultOf(Batch batch) => new(
            Run.Result(0).Item(), Recorded.Parts!.Read(i => Run.Result(i).Item(), batch.Count), Outputs);

        /// <summary>What the model gave in a run.</summary>
        public MaskedTensor[] OutputsOf(PlanRun run) => ModelOutputs.Read(Recorded.HaveMasks, i => run.Result(Recorded.FirstOutput + i));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool Fits(bool isTraining, BatchLayout layout, ReadOnlySpan<Tensor> arguments)
        {
            if (isTraining != IsTraining || !layout.IsLike(Recorded.Layout) || arguments.Length != Arguments.Length) return false;
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
    public Entry? Find(BatchLayout layout, ReadOnlySpan<Tensor> arguments)
    {
        if (Last is not null && Last.Fits(model.IsTraining, layout, arguments) && Last.Plan.IsCurrent) return Last;
        _entries.RemoveAll(entry => !entry.Plan.IsCurrent);
        for (int i = 0; i < _entries.Count; i++)
        {
            if (!_entries[i].Fits(model.IsTraining, layout, arguments)) continue;
            Last = _entries[i];
            _entries.RemoveAt(i);
            _entries.Add(Last);
            return Last;
        }
        return null;
    }

    /// <summary>Forgets all plans.</summary>
    public void Clear()
    {
        _entries.Clear();
        Last = null;
    }

    /// <summary>Keeps the plan of a recording.</summary>
    /// <param name="recorded">The recording.</param>
    /// <param name="arguments">What it was recorded for.</param>
    public Entry Add(Recorded recorded, ReadOnlySpan<Tensor> arguments)
    {
        TensorSpec[] specs = new TensorSpec[arguments.Length];
        for (int i = 0; i < specs.Length; i++) specs[i] = arguments[i].Spec;
        Plan plan = new(recorded.Graph, passes);
        Last = new Entry(plan, recorded, model.IsTraining, specs,
            [.. model.Parameters().Select(parameter => (parameter, parameter.RequiresGrad))]);
        if (_entries.Count == Most) _entries.RemoveAt(0);
        _entries.Add(Last);
        return Last;
    }
}
