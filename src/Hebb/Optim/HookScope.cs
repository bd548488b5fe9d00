using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>The hooks of an optimizer or of one group, with the parameters they see.</summary>
internal sealed class HookScope(List<IUpdateHook> hooks, ParameterGroup? group)
{
    private readonly List<Parameter> _moving = [];

    public bool IsEmpty => hooks.Count == 0;

    /// <summary>Lets the hooks see what will move.</summary>
    public void Begin(UpdateSlot[] slots)
    {
        if (hooks.Count == 0) return;
        _moving.Clear();
        foreach (UpdateSlot slot in slots)
        {
            if (slot.IsMoving && Holds(slot)) _moving.Add(slot.Parameter);
        }
        foreach (IUpdateHook hook in hooks) hook.Before(_moving);
    }

    public void Change(UpdateSlot slot, double learningRate, ref UpdateChange change)
    {
        if (hooks.Count == 0 || !Holds(slot)) return;
        foreach (IUpdateHook hook in hooks) hook.Change(slot.Parameter, learningRate, ref change);
    }

    public void End()
    {
        if (hooks.Count == 0) return;
        foreach (IUpdateHook hook in hooks) hook.After(_moving);
    }

    private bool Holds(UpdateSlot slot) => group is null || slot.Group == group;
}
