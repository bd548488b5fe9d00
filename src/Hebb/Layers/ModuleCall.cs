namespace Hebb.Layers;

/// <summary>One call of a module while ops are watched.</summary>
/// <param name="module">The module.</param>
/// <param name="input">What it was called with.</param>
/// <param name="outer">Who called it.</param>
internal sealed class ModuleCall(Module module, Tensor input, OpScope? outer) : OpScope(outer)
{
    /// <summary>The module.</summary>
    public Module Module => module;

    /// <summary>What it was called with.</summary>
    public Tensor Input => input;

    /// <summary>What it returned; null before.</summary>
    public Tensor? Result { get; set; }

    /// <summary>Whether it called parts of its own.</summary>
    public bool HasParts { get; set; }

    /// <summary>Counted from the module that was called first of all.</summary>
    public override string Path => Outer is ModuleCall caller ? Module.Join(caller.Path, caller.Module.NameOf(Module)) : "";

    public override string Title => Path.Length == 0 ? $"layer '{module.Description}'" : $"layer '{Path} {module.Description}'";
}
