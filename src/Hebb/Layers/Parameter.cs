namespace Hebb.Layers;

/// <summary>A tensor that training changes: a leaf that requires its gradient. Layers that hold the same parameter share it.</summary>
public sealed class Parameter : Tensor
{
    /// <summary>A parameter with the given start values, whose memory it takes over.</summary>
    /// <exception cref="InvalidOperationException">The values are not floating-point numbers.</exception>
    public Parameter(Tensor start) : base(start.Creator is null && start.IsContiguous ? start.Detach() : start.Detach().Clone()) => RequiresGrad = true;

    /// <summary>Whether decay of weights applies to it; not to biases and to the scales and shifts of normalisation, unless asked for.</summary>
    public bool IsDecayed { get; init; } = true;
}
