namespace Hebb;

/// <summary>Derivatives as functions, which leave every <see cref="Tensor.Grad"/> alone.</summary>
public static class Gradient
{
    /// <summary>
    /// dy/dx for each x: the gradients of a scalar (or of the product of y with a seed of its shape). With <paramref name="createGraph"/>
    /// they are themselves recorded, so that second derivatives are gradients of gradients.
    /// </summary>
    /// <returns>One gradient for each x; zeros where y does not depend on it, as a constant y depends on none.</returns>
    /// <exception cref="InvalidOperationException">y is no scalar and has no seed.</exception>
    public static Tensor[] Of(Tensor y, IReadOnlyList<Tensor> xs, Tensor? seed = null, bool retainGraph = false, bool createGraph = false)
    {
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(xs);
        foreach (Tensor x in xs) ArgumentNullException.ThrowIfNull(x, nameof(xs));
        Tensor?[] found = BackwardPass.Run([y], [seed], xs, retainGraph || createGraph, createGraph);
        Tensor[] gradients = new Tensor[found.Length];
        for (int i = 0; i < found.Length; i++) gradients[i] = found[i] ?? Tensor.Zeros(xs[i].Shape, xs[i].DType);
        return gradients;
    }

    /// <summary>dy/dx of a scalar y; see <see cref="Of(Tensor, IReadOnlyList{Tensor}, Tensor?, bool, bool)"/>.</summary>
    /// <exception cref="InvalidOperationException">y is no scalar and has no seed.</exception>
    public static Tensor Of(Tensor y, Tensor x, Tensor? seed = null, bool retainGraph = false, bool createGraph = false) =>
        Of(y, [x], seed, retainGraph, createGraph)[0];
}
