namespace Hebb.Tests.Registry;

/// <summary>A line of the registry: an op, a function that uses it, and inputs to try it on.</summary>
/// <param name="Op">The name of the op's type; running the function must apply it.</param>
/// <param name="Function">The function of the inputs.</param>
/// <param name="Inputs">Sample inputs, away from kinks.</param>
public sealed record OpCase(string Op, Func<Tensor[], Tensor> Function, params Input[] Inputs)
{
    /// <summary>The result computed the slow and obvious way.</summary>
    public Func<NumberArray[], NumberArray>? Truth { get; init; }

    /// <summary>What tells cases of one op apart.</summary>
    public string Note { get; init; } = "";

    /// <summary>How far float64 values may be from the truth, relative to the largest (but at least to 1).</summary>
    public double Tolerance { get; init; } = 1e-13;

    /// <summary>Whether the op is only reached by differentiation.</summary>
    public bool IsOfGradient { get; init; }

    /// <summary>Whether the op is only reached by differentiating twice.</summary>
    public bool IsOfSecondGradient { get; init; }

    /// <summary>Whether it reads values of its inputs, so that it cannot be recorded.</summary>
    public bool ReadsValues { get; init; }

    public override string ToString()
    {
        string shapes = string.Join(", ", Inputs.Select(input => input.Shape.ToString()));
        return Note.Length == 0 ? $"{Op} of {shapes}" : $"{Op} ({Note}) of {shapes}";
    }
}
