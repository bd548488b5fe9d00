using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// Moves parameters along their gradients by an <see cref="IUpdateRule"/>:
/// one pass over memory for all parameters together, in place, without allocation.
/// <code>
/// Optimizer optimizer = new(net, new Adam(), learningRate: 1e-3) { Hooks = { new ClipByNorm(1), new WeightDecay(1e-4) } };
/// ... loss.Backward(); optimizer.Step(); optimizer.ZeroGrad();
/// </code>
/// </summary>
public sealed partial class Optimizer
{
    private readonly UpdateSlot[] _slots;
    private readonly HookScope[] _scopes;
    private readonly EagerUpdate _eager;
    private double _rate;
    private int _hookVersion;

    /// <summary>An optimizer of all parameters of a module, each once however often it is shared.</summary>
    /// <param name="module">The module; frozen parameters rest.</param>
    /// <param name="rule">How a gradient moves a weight.</param>
    /// <param name="learningRate">The learning rate; the rule's default if left out.</param>
    public Optimizer(Module module, IUpdateRule rule, double? learningRate = null)
        : this([new ParameterGroup(Named(module))], rule, learningRate) { }

    /// <summary>An optimizer of groups of parameters with learning rates and hooks of their own.</summary>
    /// <param name="groups">The groups; a parameter is in one of them only.</param>
    /// <param name="rule">How a gradient moves a weight.</param>
    /// <param name="learningRate">The learning rate, which the groups' factors multiply; the rule's default if left out.</param>
    /// <exception cref="ArgumentException">A parameter or a name is in the groups twice.</exception>
    public Optimizer(IReadOnlyList<ParameterGroup> groups, IUpdateRule rule, double? learningRate = null)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(rule);
        if (groups.Contains(null!))
            throw new ArgumentException("A group of parameters is null; give groups, or leave it out.", nameof(groups));
        Groups = groups;
        Rule = rule;
        int states = StatesOf(rule);
        _slots = [.. groups.SelectMany(
            group => group.Parameters.Select(parameter => new UpdateSlot(parameter.Name, parameter.Value, group, states)))];
        HashSet<object> seen = [];
        foreach (UpdateSlot slot in _slots)
        {
            if (!seen.Add(slot.Parameter) || !seen.Add(slot.Name))
                throw new ArgumentException(
                    $"The parameter '{slot.Name}' is in the groups twice; put it in one group, under a name of its own.", nameof(groups));
        }
        foreach (double constant in rule.Constants)
            foreach (UpdateSlot slot in _slots) ElementTypes.RequireHeld(constant, slot.Parameter.DType);
        LearningRate = learningRate ?? rule.DefaultLearningRate;
        if (learningRate > 0 && (float)learningRate == 0 && _slots.Any(slot => slot.Parameter.DType == DType.Float32))
            throw Argument.Wrong(nameof(learningRate), learningRate, "give 0, or at least 1e-45: float32 has no smaller number");
        _eager = new EagerUpdate(this);
        _scopes = [new HookScope(Hooks, null), .. groups.Select(group => new HookScope(group.Hooks, group))];
    }

    /// <summary>How a gradient moves a weight.</summary>
    public IUpdateRule Rule { get; }

    /// <summary>The groups, in order.</summary>
    public IReadOnlyList<ParameterGroup> Groups { get; }

    /// <summary>The learning rate of the next step; an <see cref="ISchedule"/> says which.</summary>
    /// <exception cref="ArgumentException">It is negative, not finite or, for a parameter of float32, beyond its type.</exception>
    public double LearningRate
    {
        get => _rate;
        set
        {
            Argument.AtLeast(value, 0, nameof(LearningRate));
            foreach (UpdateSlot slot in _slots) ElementTypes.Require(value * slot.Group.LearningRateFactor, slot.Parameter.DType);
            _rate = value;
        }
    }

    /// <summary>What is done around every update, in this order: clipping, decay, bounds.</summary>
    public List<IUpdateHook> Hooks { get; } = [];

    /// <summary>Such as <c>Optimizer(Sgd { ... }, learning rate 0.01, 8 parameters, 2 groups, ClipByNorm { Limit = 1 })</c>.</summary>
    public override string ToString()
    {
        string groups = Groups.Count == 1 ? "" : $", {Groups.Count} groups";
        string parameters = _slots.Length == 1 ? "1 parameter" : $"{_slots.Length} parameters";
        return InvariantText.Of(() =>
            $"Optimizer({Rule}, learning rate {LearningRate:g4}, {parameters}{groups}{string.Concat(Hooks.Select(hook => $", {hook}"))})");
    }

    /// <summary>Moves every parameter that has a gradient and is not frozen.</summary>
    /// <exception cref="InvalidOperationException">A gradient or the state does not fit its parameter.</exception>
    public void Step()
    {
        SeeHooks();
        foreach (HookScope scope in _scopes) scope.Before(_slots);
        _eager.Run(_slots);
        foreach (HookScope scope in _scopes) scope.After(_eager.Moving);
    }

    /// <summary>
    /// Applies the update as effects of the function that is being traced: what hooks do before, the update of each parameter that has a
    /// gradient, and what hooks do after.
    /// </summary>
    internal void Record(IReadOnlyDictionary<Parameter, Tensor> gradients)
    {
        SeeHooks();
        UpdateSlot[] moving = [.. _slots.Where(slot => gradients.ContainsKey(slot.Parameter))];
        foreach (HookScope scope in _scopes)
        {
            UpdateSlot[] seen = [.. moving.Where(scope.Holds)];
            if (scope.Acts(HookPhases.Before))
                Engine.Change(new BeforeUpdates(scope, seen), [.. seen.Select(slot => gradients[slot.Parameter])]);
        }
        foreach (UpdateSlot slot in moving)
        {
            // States are no part of the function.
            Tensor[] states;
            using (EngineContext.Suspend()) states = slot.State;
            Engine.Change(new Update(this, slot), [slot.Parameter, .. states, gradients[slot.Parameter]]);
        }
        foreach (HookScope scope in _scopes)
        {
            UpdateSlot[] seen = [.. moving.Where(scope.Holds)];
            if (scope.Acts(HookPhases.After))
                Engine.Change(new AfterUpdates(scope, seen), [.. seen.Select(slot => slot.Parameter)]);
        }
    }

    /// <summary>Takes from the parameters the gradients that hooks of a recorded update looked at.</summary>
    internal void ForgetShown()
    {
        if (!HasHooks) return;
        foreach (UpdateSlot slot in _slots) slot.Hide();
    }

    /// <summary>Sees which hooks there are, before a step.</summary>
    /// <returns>A number that changes with the hooks; what was recorded under another one is out of date.</returns>
    internal int SeeHooks()
    {
        HasHooks = false;
        foreach (HookScope scope in _scopes)
        {
            if (scope.HasNews()) _hookVersion++;
            HasHooks |= scope.Hooks.Count > 0;
        }
        return _hookVersion;
    }

    /// <summary>The learning rate of a parameter.</summary>
    internal double LearningRateOf(UpdateSlot slot) => _rate * slot.Group.LearningRateFactor;

    /// <summary>What hooks ask for; false if nothing.</summary>
    internal bool Change(UpdateSlot slot, out UpdateChange change)
    {
        if (!HasHooks)
        {
            change = default;
            return false;
        }
        change = new UpdateChange();
        foreach (HookScope scope in _scopes) scope.Change(slot, LearningRateOf(slot), ref change);
        change.Require(slot.Parameter.DType);
        return !change.IsNone;
    }

    /// <summary>Whether there were hooks when the step began.</summary>
    internal bool HasHooks { get; private set; }

    /// <summary>The hooks that act inside a parameter's update alone.</summary>
    internal IEnumerable<IUpdateHook> InsideHooks(UpdateSlot slot) =>
        _scopes.Where(scope => scope.Holds(slot)).SelectMany(scope => scope.Hooks).Where(hook => hook.Phases == HookPhases.None);

    /// <summary>The names of the states of parameters that have been recorded, for printing.</summary>
    internal IEnumerable<(string Name, Tensor State)> RecordedStates() =>
        from slot in _slots
        where slot.HasState
        from state in Rule.StateNames.Zip(slot.State)
        select ($"{slot.Name}.{state.First}", state.Second);

    /// <summary>Refuses a model of which no parameter learns, or none is moved here, so that training would change nothing.</summary>
    /// <exception cref="InvalidOperationException">Nothing would be trained.</exception>
    internal void RequireOf(Module model)
    {
        HashSet<Parameter> learning = [.. model.Parameters().Where(parameter => parameter.RequiresGrad)];
        if (learning.Count == 0)
            throw new InvalidOperationException($"{model.Kind} was to be trained, but none of its {model.Parameters().Count()} parameters "
                + "learns; unfreeze some, or register the parts that have any.");
        if (!_slots.Any(slot => learning.Contains(slot.Parameter)))
            throw new InvalidOperationException($"{model.Kind} was to be trained by an optimizer of {_slots.Length} parameters, "
                + "but none of them is one of the model that learns; make the optimizer of this model.");
    }

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (UpdateSlot slot in _slots) slot.Parameter.ZeroGrad();
    }

    /// <summary>
    /// The state of every parameter that was moved, by names such as <c>0.weight.exp_avg</c>, and how many updates it had,
    /// <c>0.weight.step</c>. The tensors are the optimizer's own memory: clone them to keep them.
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
    /// <exception cref="ArgumentException">
    /// A name is unknown or missing, an array does not fit, or a number is beyond the parameter's type; nothing is changed then.
    /// </exception>
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
            throw new ArgumentException($"The state holds '{unknown}', which no parameter of this optimizer with {Rule} has; "
                + "load the state of the same rule and parameters.", nameof(state));
        foreach (UpdateSlot slot in _slots) slot.Reset();
        foreach ((UpdateSlot slot, long updates, Tensor[] arrays) in found)
        {
            slot.Updates = updates;
            for (int i = 0; i < arrays.Length; i++) slot.State[i].Assign(arrays[i].Detach().Cast(slot.Parameter.DType));
        }
    }

    /// <summary>How many states a rule names, refused where they cannot be kept or saved.</summary>
    private static int StatesOf(IUpdateRule rule)
    {
        IReadOnlyList<string> names = rule.StateNames
            ?? throw Argument.Nothing($"{rule.GetType().Name}.StateNames", "the names of the states, or [] for none");
        if (names.Count > Update.MaxStates)
            throw new ArgumentException($"{rule} names {names.Count} states, but an update has room for {Update.MaxStates}; "
                + "keep fewer.", nameof(rule));
        if (names.Any(string.IsNullOrEmpty) || names.Distinct().Count() < names.Count)
            throw new ArgumentException(
                $"{rule} names the states '{string.Join("', '", names)}'; give each a name of its own.", nameof(rule));
        return names.Count;
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
            throw new ArgumentException($"The state's '{key}' is {array.Spec}, but the parameter is {slot.Parameter.Spec}; "
                + "load the state of the same parameters.", nameof(state));
        return Module.Narrowed(key, array, slot.Parameter.DType);
    }
}
