namespace Hebb.Tests.Registry;

using Hebb.Layers;

/// <summary>One layer in one of its forms.</summary>
/// <param name="Prints">How the layer's print begins, which is also the case's name.</param>
/// <param name="Make">Makes the layer, with the start values of seed 0.</param>
/// <param name="Input">The shape of a good input.</param>
public sealed record LayerCase(string Prints, Func<Module> Make, Shape Input)
{
    /// <summary>What tells cases apart that print alike.</summary>
    public string Note { get; init; } = "";

    /// <summary>The case's name.</summary>
    public string Name => Note.Length == 0 ? Prints : $"{Prints}, {Note}";

    /// <summary>The shape of the result.</summary>
    public Shape Output { get; init; } = Input;

    /// <summary>A shape that the layer must refuse with an error that begins with the layer; none if it takes everything.</summary>
    public Shape? Misfit { get; init; }

    /// <summary>Points that inputs stay away from.</summary>
    public double[] Kinks { get; init; } = [];

    /// <summary>If inputs are whole numbers: how many there are, from 0.</summary>
    public int? Classes { get; init; }

    /// <summary>
    /// Whether inputs are floats that hold whole numbers below <see cref="Classes"/>, by which nothing can be differentiated.
    /// </summary>
    public bool AreCodes { get; init; }

    /// <summary>Whether the layer is a function that can be called.</summary>
    public bool IsCallable { get; init; } = true;

    /// <summary>Whether the gradient is that of the function: not where a threshold hides it.</summary>
    public bool HasGradient { get; init; } = true;
}
