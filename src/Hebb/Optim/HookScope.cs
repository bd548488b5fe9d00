using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>The hooks of an optimizer or of one group, with the parameters they see.</summary>
internal sealed class HookScope(List<IUpdateHook> hooks, ParameterGroup? group)
{
    private readonly List<Parameter> _moving = [];
    private IUpdateHook[] _known = [];

    public IReadOnlyList<IUpdateHook> Hooks => hooks;

    /// <summary>Notes which hooks there are; false if they are the same as when it was asked last.</summary>
    public bool HasNews()
    {
        if (hooks.Count == _known.Length)
        {
            int i = 0;
            while (i < _known.Length && ReferenceEquals(hooks[i], _known[i])) i++;
            if (i == _known.Length) return false;
        }
        if (hooks.Contains(null!))
            throw new InvalidOperationException(
                $"A hook of {(group is null ? "an optimizer" : "a group of parameters")} is null; remove it, or put a hook in its place.");
        _known = [.. hooks];
        return true;
    }

    /// <summary>Whether a parameter is seen by the hooks.</summary>
    public bool Holds(UpdateSlot slot) => group is null || slot.Group == group;

    /// <summary>Whether a hook does something in a phase.</summary>
    public bool Acts(HookPhases phase) => hooks.Exists(hook => hook.Phases.HasFlag(phase));

    /// <summary>The kinds of hooks that do something in a phase.</summary>
    public string NameOf(HookPhases phase) =>
        string.Join('+', hooks.Where(hook => hook.Phases.HasFlag(phase)).Select(hook => hook.GetType().Name));

    /// <summary>The hooks that do something in a phase, as they print themselves.</summary>
    public string Describe(HookPhases phase) => string.Join(", ", hooks.Where(hook => hook.Phases.HasFlag(phase)));

    /// <summary>Lets the hooks see those parameters that will move.</summary>
    public void Before(UpdateSlot[] slots)
    {
        if (hooks.Count == 0) return;
        _moving.Clear();
        foreach (UpdateSlot slot in slots)
        {
            if (Holds(slot) && slot.IsMoving) _moving.Add(slot.Parameter);
        }
        foreach (IUpdateHook hook in hooks)
        {
            if (hook.Phases is HookPhases.Before or HookPhases.Both) hook.Before(_moving);
        }
    }

    /// <summary>Adds what the hooks ask for to a change.</summary>
    public void Change(UpdateSlot slot, double learningRate, ref UpdateChange change)
    {
        if (hooks.Count == 0 || !Holds(slot)) return;
        foreach (IUpdateHook hook in hooks) hook.Change(slot.Parameter, learningRate, ref change);
    }

    /// <summary>Lets the hooks see what has moved.</summary>
    public void After(UpdateSlot[] slots)
    {
        if (hooks.Count == 0) return;
        _moving.Clear();
        foreach (UpdateSlot slot in slots)
        {
            if (Holds(slot)) _moving.Add(slot.Parameter);
        }
        foreach (IUpdateHook hook in hooks)
        {
            if (hook.Phases is HookPhases.After or HookPhases.Both) hook.After(_moving);
        }
    }
}
