using Hebb.Layers;

namespace Hebb.Diagnostics;

/// <summary>How far one parameter went in a training step.</summary>
/// <param name="Name">The parameter's place in the model.</param>
/// <param name="WeightNorm">‖w‖ before the step.</param>
/// <param name="UpdateNorm">‖Δw‖, the way of the step.</param>
public sealed record UpdateLine(string Name, double WeightNorm, double UpdateNorm)
{
    // A tenth and ten times of what is wanted.
    private const double Low = 1e-4, High = 1e-2;

    /// <summary>‖Δw‖ / ‖w‖: about 1e-3 is wanted. 0 for a parameter that stays, infinite for one that leaves 0.</summary>
    public double Ratio => UpdateNorm == 0 ? 0 : UpdateNorm / WeightNorm;

    /// <summary>What the ratio says of the learning rate.</summary>
    public string Verdict =>
        Ratio < Low ? "the learning rate may be too small" : Ratio > High ? "the learning rate may be too large" : "about right";

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(UpdateLine), PrintMembers);
}

/// <summary>
/// Compares the way of a training step with the size of what it moves: a check of the learning rate, parameter by parameter.
/// </summary>
public static class UpdateReport
{
    /// <summary>Runs one step and measures it.</summary>
    /// <param name="model">The model whose parameters are looked at.</param>
    /// <param name="step">
    /// One training step, compiled or not: <c>() =&gt; step.Run(x, target)</c>, or gradients and <c>optimizer.Step()</c>.
    /// </param>
    /// <returns>A line for each parameter that is trained, in their order.</returns>
    public static IReadOnlyList<UpdateLine> Of(Module model, Action step)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(step);
        (string Name, Parameter Value)[] parameters = [.. model.NamedParameters().Where(parameter => parameter.Value.RequiresGrad)];
        Tensor[] before = [.. parameters.Select(parameter => parameter.Value.Detach().Cast(DType.Float64).Clone())];
        step();
        return [.. parameters.Select((parameter, i) => new UpdateLine(
            parameter.Name, before[i].Norm().Item(), (parameter.Value.Detach().Cast(DType.Float64) - before[i]).Norm().Item()))];
    }
}
