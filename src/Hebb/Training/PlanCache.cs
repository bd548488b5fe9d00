using System.Runtime.CompilerServices;
using Hebb.Data;
using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// The plans of a model, by names and shapes of the batch's tensors, whether it trains, which parameters are frozen and which gradients
/// have hooks. Those whose parameters have moved elsewhere are dropped, and so are those that ran longest ago where there are too many or
/// they hold too much memory.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="passes">The passes that make plans.</param>
/// <param name="mostBytes">How much memory all plans but one may hold.</param>
internal sealed class PlanCache(Module model, GraphPasses passes, long mostBytes)
{
    /// <summary>How many plans are kept.</summary>
    public const int Most = 64;

    private readonly List<Entry> _entries = []; // the one that was found last stands last
    private readonly long _mostBytes = mostBytes;
    private long _dropped;

    /// <summary>What a recording depends on in one of the model's parts.</summary>
    internal readonly record struct PartState(Module Part, bool IsTraining, Rng Noise, long Version)
    {
        /// <summary>The states of a model and its parts.</summary>
        public static PartState[] Of(Module model) =>
            [.. model.Whole().Select(part => new PartState(part, part.IsTraining, part.Noise, part.Version))];
    }

    /// <summary>What the gradient of a parameter depends on beside the model.</summary>
    internal readonly record struct ParameterState(Parameter Parameter, bool IsTracked, Func<Tensor, Tensor?>[] Hooks)
    {
        /// <summary>Whether the parameter is as it was.</summary>
        public bool IsCurrent => Parameter.RequiresGrad == IsTracked && ReferenceEquals(Parameter.Hooks, Hooks);

        /// <summary>The states of the parameters of a model.</summary>
        public static ParameterState[] Of(Module model) =>
            [.. model.Parameters().Select(parameter => new ParameterState(parameter, parameter.RequiresGrad, parameter.Hooks))];
    }

    /// <summary>A plan, and for which batches and which state of the model it was recorded.</summary>
    internal sealed record Entry(
        PlanCache Cache, Plan Plan, Recorded Recorded, PartState[] Parts, TensorSpec[] Arguments,
        ParameterState[] Parameters)
    {
        private long _changes = Module.Changes;

        /// <summary>How much memory it holds.</summary>
        public long Bytes { get; private set; }

        /// <summary>Memory for runs, where one caller runs the plan at a time.</summary>
        public PlanRun Run => field ??= NewRun();

        /// <summary>Memory that no caller uses just now, where several may run the plan at once.</summary>
        public Stack<PlanRun> Idle { get; } = [];

        /// <summary>Memory for one more caller, for which that of other plans may have to go.</summary>
        public PlanRun NewRun()
        {
            PlanRun run = new(Plan);
            Bytes += run.Bytes;
            Cache.Trim();
            return run;
        }

        /// <summary>What the model gave in the last run; the next overwrites it.</summary>
        public IReadOnlyList<MaskedTensor> Outputs => field ??= OutputsOf(Run);

        /// <summary>What came of the batch that ran last.</summary>
        public BatchResult ResultOf(Batch batch) => new(
            Run.Result(0).Item(), Recorded.Parts!.Read(i => Run.Result(i).Item(), batch.Count), Outputs);

        /// <summary>What the model gave in a run.</summary>
        public MaskedTensor[] OutputsOf(PlanRun run) => ModelOutputs.Read(Recorded.HaveMasks, i => run.Result(Recorded.FirstOutput + i));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public bool Fits(Module model, BatchLayout layout, ReadOnlySpan<Tensor> arguments)
        {
            if (!layout.IsLike(Recorded.Layout) || arguments.Length != Arguments.Length) return false;
            for (int i = 0; i < arguments.Length; i++)
            {
                if (arguments[i].Spec != Arguments[i]) return false;
            }
            foreach (ref readonly ParameterState state in Parameters.AsSpan())
            {
                if (!state.IsCurrent) return false;
            }
            return _changes == Module.Changes || IsUnchanged(model);
        }

        /// <summary>Whether the model is what it was; some module has changed, perhaps of another model.</summary>
        private bool IsUnchanged(Module model)
        {
            long changes = Module.Changes;
            bool isSame = PartState.Of(model).AsSpan().SequenceEqual(Parts)
                && model.Parameters().SequenceEqual(Parameters.Select(state => state.Parameter));
            if (isSame) _changes = changes;
            return isSame;
        }
    }

    /// <summary>The plan that ran last.</summary>
    public Entry? Last { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Entry? Find(BatchLayout layout, ReadOnlySpan<Tensor> arguments)
    {
        if (Last is not null && Last.Fits(model, layout, arguments) && Last.Plan.IsCurrent) return Last;
        _entries.RemoveAll(entry => !entry.Plan.IsCurrent);
        for (int i = 0; i < _entries.Count; i++)
        {
            if (!_entries[i].Fits(model, layout, arguments)) continue;
            Last = _entries[i];
            _entries.RemoveAt(i);
            _entries.Add(Last);
            return Last;
        }
        return null;
    }

    /// <summary>How much memory all plans hold.</summary>
    public long Bytes => _entries.Sum(entry => entry.Bytes);

    /// <summary>Drops the plans that ran longest ago until the others are as few and hold as little as they may; the last stays.</summary>
    private void Trim()
    {
        long bytes = Bytes;
        while (_entries.Count > Most || (bytes > _mostBytes && _entries.Count > 1))
        {
            bytes -= _entries[0].Bytes;
            _dropped += _entries[0].Bytes;
            _entries.RemoveAt(0);
        }
        if (_dropped < _mostBytes / 2) return;
        // The blocks of plans are pinned, and the collector lets gigabytes of such memory gather before it looks.
        _dropped = 0;
        GC.Collect();
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
        Last = new Entry(this, plan, recorded, PartState.Of(model), specs, ParameterState.Of(model));
        _entries.Add(Last);
        Trim();
        return Last;
    }
}
