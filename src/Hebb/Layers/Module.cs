using System.Runtime.CompilerServices;

namespace Hebb.Layers;

/// <summary>
/// A function of tensors with parameters, state and parts. Parts, parameters and state are registered by hand, without reflection, so that
/// trimming keeps them and none is lost unseen: <c>Child(fc1 = new Linear(784, 128))</c> takes its name from the expression.
/// </summary>
public abstract partial class Module
{
    private readonly List<(string Name, Module Value)> _children = [];
    private readonly List<(string Name, Parameter Value)> _parameters = [];
    private readonly List<(string Name, Tensor Value)> _state = [];

    private static long s_changes;

    /// <summary>Whether the module trains (dropout drops, batch norm uses the batch) or evaluates.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>How often any module has changed in what recordings of it depend on; see <see cref="MarkChanged"/>.</summary>
    internal static long Changes => Volatile.Read(ref s_changes);

    /// <summary>The parts, in order of registration.</summary>
    public IReadOnlyList<(string Name, Module Value)> Children => _children;

    /// <summary>The kind of layer.</summary>
    public virtual string Kind => GetType().Name;

    /// <summary>What tells layers of a kind apart when they are printed, such as <c>784 → 128</c>; empty if there is nothing.</summary>
    public virtual string Details => "";

    /// <summary>Kind and details in one line, as errors print the layer: <c>Linear(784 → 128)</c>.</summary>
    public string Description => InvariantText.Of(() => Details is { Length: > 0 } details ? $"{Kind}({details})" : Kind);

    /// <summary>Every parameter of this module and its parts once, under a dotted name; a shared one under its first name.</summary>
    public IEnumerable<(string Name, Parameter Value)> NamedParameters()
    {
        HashSet<Parameter> seen = [];
        return AllNames().Where(parameter => seen.Add(parameter.Value));
    }

    /// <summary>Every parameter of this module and its parts once.</summary>
    public IEnumerable<Parameter> Parameters() =>
        Whole().SelectMany(part => part._parameters).Select(parameter => parameter.Value).Distinct();

    /// <summary>This module and all its parts once, parents first.</summary>
    internal IReadOnlyList<Module> Whole()
    {
        List<Module> whole = [];
        HashSet<Module> seen = [];
        Stack<Module> waiting = new([this]);
        while (waiting.TryPop(out Module? part))
        {
            if (!seen.Add(part)) continue;
            whole.Add(part);
            for (int i = part._children.Count - 1; i >= 0; i--) waiting.Push(part._children[i].Value);
        }
        return whole;
    }

    /// <summary>State that is saved but not trained, such as running averages, once, under dotted names.</summary>
    public IEnumerable<(string Name, Tensor Value)> NamedState()
    {
        HashSet<Tensor> seen = [];
        return NamedModules().SelectMany(part => part.Value._state.Select(state => (Name: Join(part.Name, state.Name), state.Value)))
            .Where(state => seen.Add(state.Value));
    }

    /// <summary>This module (under the empty name) and all its parts, parents first.</summary>
    public IEnumerable<(string Name, Module Value)> NamedModules()
    {
        yield return ("", this);
        foreach ((string name, Module child) in _children)
        {
            foreach ((string path, Module module) in child.NamedModules()) yield return (Join(name, path), module);
        }
    }

    /// <summary>
    /// The dotted name of a part; its kind for a module that is called here but not registered, as a module may call those too.
    /// </summary>
    internal string NameOf(Module part) => PathTo(part) ?? part.Kind;

    /// <summary>How many numbers training changes.</summary>
    public long ParameterCount => Parameters().Sum(parameter => (long)parameter.Count);

    /// <summary>Forgets the gradients of all parameters.</summary>
    public void ZeroGrad()
    {
        foreach (Parameter parameter in Parameters()) parameter.ZeroGrad();
    }

    /// <summary>Switches this module and its parts to training.</summary>
    public void Train() => SetMode(isTraining: true);

    /// <summary>Switches this module and its parts to evaluation.</summary>
    public void Eval() => SetMode(isTraining: false);

    /// <summary>Whether the parameters change in training; a frozen module's stay.</summary>
    public void Freeze(bool isFrozen = true)
    {
        foreach (Parameter parameter in Parameters()) parameter.RequiresGrad = !isFrozen;
    }

    /// <summary>Such as <c>Linear(784 → 128)</c>; containers list their parts.</summary>
    public override string ToString() => _children.Count == 0
        ? Description
        : $"{Kind}(\n{string.Concat(_children.Select(child => $"  {child.Name}: {Indented(child.Value)}\n"))})";

    private static string Indented(Module part) => part.ToString()!.Replace("\n", "\n  ", StringComparison.Ordinal);

    /// <summary>Registers a part under the name of the variable it is assigned to.</summary>
    /// <exception cref="ArgumentException">The name is taken, or the part is this module or has it as a part.</exception>
    protected T Child<T>(T child, [CallerArgumentExpression(nameof(child))] string name = "") where T : Module
    {
        Adopt(child, name, isListed: false);
        PlaceFresh();
        return child;
    }

    /// <summary>
    /// Registers the parts of a list under their numbers, all at once, so that parameters are placed once and not again for each part.
    /// </summary>
    private protected void RegisterAll<T>(ReadOnlySpan<T> parts) where T : Module
    {
        for (int i = 0; i < parts.Length; i++) Adopt(parts[i], $"{i}", isListed: true);
        PlaceFresh();
    }

    private void Adopt(Module child, string name, bool isListed)
    {
        ArgumentNullException.ThrowIfNull(child);
        if (child.Whole().Contains(this))
            throw new ArgumentException(
                $"{Kind} was to become a part of itself, so that it would never end; register another module, or share a part of it.",
                nameof(child));
        _children.Add((isListed ? name : Claim(name), child));
        MarkChanged();
        if (!IsTraining) child.Eval();
        child.Noise = Noise;
    }

    /// <summary>Registers a parameter under the name of the variable it is assigned to.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    protected Parameter Register(Parameter parameter, [CallerArgumentExpression(nameof(parameter))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(parameter);
        _parameters.Add((Claim(name), parameter));
        MarkChanged();
        PlaceFresh();
        return parameter;
    }

    /// <summary>Puts one parameter in the place of another: a copy of a network shares what the network shares.</summary>
    internal void Tie(Parameter from, Parameter to)
    {
        for (int i = 0; i < _parameters.Count; i++)
        {
            if (_parameters[i].Value == from) _parameters[i] = (_parameters[i].Name, to);
        }
        MarkChanged();
        OnTied(from, to);
    }

    /// <summary>Whether the parameter is registered here, not in a part.</summary>
    internal bool Holds(Parameter parameter) => _parameters.Exists(mine => mine.Value == parameter);

    /// <summary>Called when a parameter was replaced by one that is shared, for the layer to use that.</summary>
    private protected virtual void OnTied(Parameter from, Parameter to) =>
        throw new InvalidOperationException($"{Kind} was to share a parameter in a copy as it does in the original, which it cannot; "
            + "share a whole layer, or use TiedLinear.");

    /// <summary>Registers state that is saved but not trained, under the name of the variable it is assigned to.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    protected Tensor RegisterState(Tensor state, [CallerArgumentExpression(nameof(state))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(state);
        _state.Add((Claim(name), state));
        MarkChanged();
        return state;
    }

    /// <summary>
    /// Says that the module computes something else from now on, so that compiled steps look whether what they have recorded still holds.
    /// Registering, training and evaluation, and new noise say so by themselves; call it where a property of your own is changed, and count
    /// what it changes in <see cref="Version"/>.
    /// </summary>
    protected void MarkChanged() => Interlocked.Increment(ref s_changes);

    /// <summary>
    /// What recordings of a module depend on beside its parts, mode and noise: a number that differs where one of its own properties does.
    /// </summary>
    protected internal virtual long Version => 0;

    /// <summary>Called when training or evaluation is switched on.</summary>
    protected virtual void OnModeChanged() { }

    /// <summary>An error about an input that does not fit this layer, which begins with the layer.</summary>
    /// <param name="x">The input.</param>
    /// <param name="wanted">The rest of the sentence: what the layer takes, and the mend.</param>
    protected ShapeException Misfit(Tensor x, string wanted)
    {
        ArgumentNullException.ThrowIfNull(x);
        return new ShapeException($"{Description} got an input {x.Spec}, but takes {wanted}.");
    }

    /// <summary>An error about an input of another type than the layer computes in.</summary>
    private protected ShapeException MisfitType(Tensor x, DType type) => Misfit(x, x.DType.IsFloat
        ? $"{type.Name}; convert the input with Cast, or the network with To(DType.{x.DType})"
        : $"{type.Name}; convert the input with Cast(DType.{type})");

    internal static string Join(string path, string name) => path.Length == 0 ? name : name.Length == 0 ? path : path + "." + name;

    /// <summary>The first dotted name of a part, found without making those of others; null if it is none.</summary>
    private string? PathTo(Module part)
    {
        if (part == this) return "";
        foreach ((string name, Module child) in _children)
        {
            if (child.PathTo(part) is { } path) return Join(name, path);
        }
        return null;
    }

    /// <summary>Every parameter under every name it has.</summary>
    private IEnumerable<(string Name, Parameter Value)> AllNames() =>
        NamedModules().SelectMany(part => part.Value._parameters.Select(parameter => (Join(part.Name, parameter.Name), parameter.Value)));

    /// <summary>The variable's name out of an expression such as <c>_fc1 = new Linear(784, 128)</c>.</summary>
    private string Claim(string expression)
    {
        string name = expression.Split('=', 2)[0].Trim();
        if (name.StartsWith("this.", StringComparison.Ordinal)) name = name[5..];
        name = name.TrimStart('_');
        if (name.Length == 0 || name.Contains('.', StringComparison.Ordinal))
            throw new ArgumentException($"A part of {Kind} was registered under the name '{name}', "
                + "but names are not empty and hold no dots; pass one as the second argument.");
        bool isTaken = _children.Exists(child => child.Name == name) || _parameters.Exists(parameter => parameter.Name == name)
            || _state.Exists(state => state.Name == name);
        if (isTaken)
            throw new ArgumentException(
                $"Two parts of {Kind} were registered under the name '{name}'; pass another as the second argument.");
        return name;
    }

    private void SetMode(bool isTraining)
    {
        foreach (Module part in Whole())
        {
            if (part.IsTraining != isTraining) MarkChanged();
            part.IsTraining = isTraining;
            part.OnModeChanged();
        }
    }
}
