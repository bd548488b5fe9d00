using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>When a hook does something of its own, beside what it asks for in <see cref="IUpdateHook.Change"/>.</summary>
[Flags]
public enum HookPhases
{
    /// <summary>Never: it only changes the updates.</summary>
    None = 0,

    /// <summary>Before any parameter moves; the gradients of all parameters stand in memory then.</summary>
    Before = 1,

    /// <summary>After all parameters have moved.</summary>
    After = 2,

    /// <summary>Before and after.</summary>
    Both = Before | After,
}

/// <summary>
/// Something that is done around every update: clipping, decay, a bound on the weights. Hooks of an <see cref="Optimizer"/> see all its
/// parameters, those of a <see cref="ParameterGroup"/> the group's. They run in their order; what they ask for in
/// <see cref="UpdateChange"/> costs no further pass over memory.
/// </summary>
public interface IUpdateHook
{
    /// <summary>
    /// When the hook acts: <see cref="Before"/> and <see cref="After"/> are called in these phases only; both by default. A gradient that
    /// no hook looks at may be computed inside the update, without a place in memory.
    /// </summary>
    HookPhases Phases => HookPhases.Both;

    /// <summary>Called before any parameter moves.</summary>
    /// <param name="parameters">Those that have gradients.</param>
    void Before(IReadOnlyList<Parameter> parameters) { }

    /// <summary>Says what is done to one parameter on the way.</summary>
    /// <param name="parameter">The parameter; its gradient is known if some hook acts <see cref="HookPhases.Before"/>.</param>
    /// <param name="learningRate">The learning rate of its group.</param>
    /// <param name="change">What earlier hooks asked for; this one adds to it.</param>
    void Change(Parameter parameter, double learningRate, ref UpdateChange change) { }

    /// <summary>Called after all parameters have moved.</summary>
    /// <param name="parameters">Those that moved.</param>
    void After(IReadOnlyList<Parameter> parameters) { }
}
