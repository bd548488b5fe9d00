using Hebb.Layers;

namespace Hebb.Optim;

/// <summary>Parameters that share a learning rate and hooks.</summary>
public sealed class ParameterGroup
{
    private double _rateFactor = 1;

    /// <summary>A group of named parameters, such as <see cref="Module.NamedParameters"/> gives.</summary>
    /// <exception cref="ArgumentException">A parameter or its name is null.</exception>
    public ParameterGroup(IEnumerable<(string Name, Parameter Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = [.. parameters];
        foreach ((string name, Parameter value) in Parameters)
        {
            if (name is null || value is null)
                throw new ArgumentException(
                    $"The parameter '{name}' of a group or its name is null; give both, or leave it out.", nameof(parameters));
        }
    }

    /// <summary>The parameters, each with the name under which its state is saved.</summary>
    public IReadOnlyList<(string Name, Parameter Value)> Parameters { get; }

    /// <summary>The group's learning rate over the optimizer's; 1 by default, 0 lets the group rest.</summary>
    public double LearningRateFactor
    {
        get => _rateFactor;
        set => _rateFactor = value >= 0 && double.IsFinite(value) ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), $"A learning rate factor of {value} was given; give a finite one of 0 or more.");
    }

    /// <summary>What is done around the updates of this group, after the optimizer's own hooks.</summary>
    public List<IUpdateHook> Hooks { get; } = [];
}
