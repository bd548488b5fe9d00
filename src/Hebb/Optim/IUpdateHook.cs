using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>
/// Something that is done around every update: clipping, decay, a bound on the weights. Hooks of an <see cref="Optimizer"/> see all its
/// parameters, those of a <see cref="ParameterGroup"/> the group's. They run in their order; what they ask for in
/// <see cref="UpdateChange"/> costs no further pass over memory.
/// </summary>
public interface IUpdateHook
{
    /// <summary>Called before any parameter moves.</summary>
    /// <param name="parameters">Those that have gradients.</param>
    void Before(IReadOnlyList<Parameter> parameters) { }

    /// <summary>Says what is done to one parameter on the way.</summary>
    /// <param name="parameter">The parameter, which has a gradient.</param>
    /// <param name="learningRate">The learning rate of its group.</param>
    /// <param name="change">What earlier hooks asked for; this one adds to it.</param>
    void Change(Parameter parameter, double learningRate, ref UpdateChange change) { }

    /// <summary>Called after all parameters have moved.</summary>
    /// <param name="parameters">Those that moved.</param>
    void After(IReadOnlyList<Parameter> parameters) { }
}
