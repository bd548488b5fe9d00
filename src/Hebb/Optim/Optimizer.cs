using System.Runtime.CompilerServices;
using Hebb.Kernels;
using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// Moves parameters along their gradients by an <see cref="IUpdateRule"/>: one pass over memory for all parameters together, in place, without allocation.
/// <code>
/// Optimizer optimizer = new(net, new Adam(), learningRate: 1e-3) { Hooks = { new ClipByNorm(1), new WeightDecay(1e-4) } };
/// ... loss.Backward(); optimizer.Step(); optimizer.ZeroGrad();
/// </code>
/// </summary>
public sealed partial class Optimizer
{
    private readonly UpdateSlot[] _slots;
    private readonly HookScope[] _scopes;
    private readonly UpdateQueue _queue = new();
    private double _rate;

    /// <summary>An optimizer of all parameters of a module, each once however often it is shared.</summary>
    /// <param name="module">The module; frozen parameters rest.</param>
    /// <param name="rule">How a gradient moves a weight.</param>
    /// <param name="learningRate">The learning rate; the rule's default if left out.</param>
    public Optimizer(Module module, IUpdateRule rule, double? learningRate = null) : this([new ParameterGroup(Named(module))], rule, learningRate) { }

    /// <summary>An optimizer of groups of parameters with learning rates and hooks of their own.</summary>
    /// <param name="groups">The groups; a parameter is in one of them only.</param>
    /// <param name="rule">How a gradient moves a weight.</param>
    /// <param name="learningRate">The learning rate, which the groups' factors multiply; the rule's default if left out.</param>
    /// <exception cref="ArgumentException">A parameter or a name is in the groups twice.</exception>
    public Optimizer(IReadOnlyList<ParameterGroup> groups, IUpdateRule rule, double? learningRate = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(rule);
        Groups = groups;
        Rule = rule;
        LearningRate = learningRate ?? rule.DefaultLearningRate;
        if (rule.StateNames.Count > 2)
            throw new ArgumentException($"{rule} names {rule.StateNames.Count} states, but a kernel call has room for two; keep the others elsewhere.", nameof(rule));
        _slots = [.. groups.SelectMany(group => group.Parameters.Select(parameter => new UpdateSlot(parameter.Name, parameter.Value, group, rule.StateNames.Count)))];
        HashSet<object> seen = [];
        foreach (UpdateSlot slot in _slots)
        {
            if (!seen.Add(slot.Parameter) || !seen.Add(slot.Name))
                throw new ArgumentException($"The parameter '{slot.Name}' is in the groups twice; put it in one group, under a name of its own.", nameof(groups));
        }
        _scopes = [new HookScope(Hooks, null), .. groups.Select(group => new HookScope(group.Hooks, group))];
    }

    /// <summary>How a gradient moves a weight.</summary>
    public IUpdateRule Rule { get; }

    /// <summary>The groups, in order.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>The learning rate of the next step; an <see cref="ISchedule"/> says which.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not finite.</exception>
    public double LearningRate
    {
        get => _rate;
        set => _rate = value >= 0 && double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"A learning rate of {value} was given; give a finite one of 0 or more.");
    }

    /// <summary>What is done around every update, in this order: clipping, decay, bounds.</summary>
    public List<IUpdateHook> Hooks { get; } = [];

    /// <summary>Moves every parameter that has a gradient and is not frozen.</summary>
    /// <exception cref="InvalidOperationException">A gradient or the state does not fit its parameter.</exception>
    public void Step()
    {
        bool hasHooks = !TakesLazyGradients;
        foreach (HookScope scope in _scopes) scope.Begin(_slots);
        foreach (UpdateSlot slot in _slots)
        {
            if (!slot.IsMoving) continue;
            UpdateChange? change = hasHooks ? Change(slot) : null;
            Move(slot, Fitting(slot), lazy: null, change);
        }
        _queue.Run();
        foreach (HookScope scope in _scopes) scope.End();
    }

    /// <summary>Moves parameters by gradients that no hook looks at, without giving them to the parameters first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Step(StepGradients gradients)
    {
        foreach (StepGradient gradient in gradients.Moves)
        {
            if (gradient.Members.Length == 0) Move(gradient);
            else if (gradient.TryCount()) Apply(gradient.Slot, gradient.Plain, lazy: null, change: null);
            else foreach (StepGradient member in gradient.Members) Move(member);
        }
        _queue.Run();
    }

    /// <summary>Whether gradients may be computed within the update itself: no hook looks at them before.</summary>
    internal bool TakesLazyGradients => !Array.Exists(_scopes, scope => !scope.IsEmpty);

    /// <summary>Gradients of some parameters as <see cref="Step(StepGradients)"/> takes them.</summary>
    internal StepGradients Gradients(IReadOnlyDictionary<Parameter, (Tensor Plain, LazyGradient? Lazy)> gradients) => new(
        from slot in _slots
        where gradients.ContainsKey(slot.Parameter)
        let gradient = gradients[slot.Parameter]
        select new StepGradient(slot, gradient.Lazy is null ? gradient.Plain : null, gradient.Lazy));

    /// <summary>How much of an update's loop is free for the operands of a gradient, for results of a plan from one on.</summary>
    internal LazyResults LazyGradients(int first)
    {
        int arrays = 1 + Rule.StateNames.Count;
        return new LazyResults(first, arrays, Loop.MaxOperands - 2 * arrays);
    }

    private void Move(StepGradient gradient) => Move(gradient.Slot, gradient.Plain is null ? null : Dense(gradient.Plain), gradient.Lazy, change: null);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(UpdateSlot slot, Tensor? gradient, LazyGradient? lazy, UpdateChange? change)
    {
        slot.Updates++;
        Apply(slot, gradient, lazy, change);
        slot.Parameter.Storage.Touch();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Apply(UpdateSlot slot, Tensor? gradient, LazyGradient? lazy, UpdateChange? change) =>
        Rule.Apply(new UpdateStep(_queue, slot, gradient, lazy, _rate * slot.Group.LearningRateFactor, change));

    /// <summary>What hooks ask for; null if nothing.</summary>
    private UpdateChange? Change(UpdateSlot slot)
    {
        double learningRate = _rate * slot.Group.LearningRateFactor;
        UpdateChange change = new();
        foreach (HookScope scope in _scopes) scope.Change(slot, learningRate, ref change);
        return change.IsNone ? null : change;
    }

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (UpdateSlot slot in _slots) slot.Parameter.ZeroGrad();
    }

    /// <summary>
    /// The state of every parameter that was moved, by names such as <c>0.weight.exp_avg</c>, and how many updates it had, <c>0.weight.step</c>. The
    /// tensors are the optimizer's own memory: clone them to keep them.
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> StateDict()
    {
        OrderedDictionary<string, Tensor> state = [];
        foreach (UpdateSlot slot in _slots)
        {
            if (slot.Updates == 0) continue;
            state.Add(slot.Name + ".step", Tensor.Scalar(slot.Updates));
            for (int i = 0; i < slot.States; i++) state.Add($"{slot.Name}.{Rule.StateNames[i]}", slot.State[i]);
        }
        return state;
    }

    /// <summary>Takes over the state that <see cref="StateDict"/> gave, by copy; parameters it does not name start afresh.</summary>
    /// <exception cref="ArgumentException">A name is unknown or missing, or an array does not fit; nothing is changed then.</exception>
    public void LoadStateDict(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        HashSet<string> used = [];
        List<(UpdateSlot Slot, long Updates, Tensor[] State)> found = [];
        foreach (UpdateSlot slot in _slots)
        {
            if (!state.TryGetValue(slot.Name + ".step", out Tensor? updates)) continue;
            used.Add(slot.Name + ".step");
            found.Add((slot, updates.Item<long>(), [.. Rule.StateNames.Select(name => Found(state, slot, name, used))]));
        }
        if (state.Keys.FirstOrDefault(name => !used.Contains(name)) is { } unknown)
            throw new ArgumentException($"The state holds '{unknown}', which no parameter of this optimizer with {Rule} has; load the state of the same rule and parameters.", nameof(state));
        foreach (UpdateSlot slot in _slots) slot.Reset();
        foreach ((UpdateSlot slot, long updates, Tensor[] arrays) in found)
        {
            slot.Updates = updates;
            for (int i = 0; i < arrays.Length; i++) slot.State[i].Assign(arrays[i].Detach().Cast(slot.Parameter.DType));
        }
    }

    private static IEnumerable<(string Name, Parameter Value)> Named(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return module.NamedParameters();
    }

    private static Tensor Found(IReadOnlyDictionary<string, Tensor> state, UpdateSlot slot, string name, HashSet<string> used)
    {
        string key = $"{slot.Name}.{name}";
        used.Add(key);
        if (!state.TryGetValue(key, out Tensor? array))
            throw new ArgumentException($"The state lacks '{key}'; load the state of the same rule and parameters.", nameof(state));
        if (array.Shape != slot.Parameter.Shape || !array.DType.IsFloat)
            throw new ArgumentException($"The state's '{key}' is {array.Spec}, but the parameter is {slot.Parameter.Spec}; load the state of the same parameters.", nameof(state));
        return array;
    }

    /// <summary>The gradient as the kernel reads it: of the parameter's type and shape, without gaps.</summary>
    private static Tensor Fitting(UpdateSlot slot)
    {
        Tensor gradient = slot.Parameter.Grad!;
        if (gradient.Shape != slot.Parameter.Shape || gradient.DType != slot.Parameter.DType)
            throw new InvalidOperationException($"The gradient of '{slot.Name}' is {gradient.Spec}, but the parameter is {slot.Parameter.Spec}; give it a gradient of its type and shape.");
        return Dense(gradient);
    }

    private static Tensor Dense(Tensor gradient) => gradient.IsContiguous ? gradient : gradient.Detach().Contiguous();
}
