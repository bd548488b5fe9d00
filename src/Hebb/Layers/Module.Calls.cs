namespace Hebb.Layers;

public abstract partial class Module
{
    /// <summary>
    /// Type, shape and layout of the result for an input, found without computing: the shape pass. Layers whose input size is open get it,
    /// and their start values.
    /// </summary>
    /// <param name="input">The input with the batch.</param>
    /// <exception cref="ShapeException">The module does not take such inputs.</exception>
    /// <exception cref="TraceException">The module reads values; the message names the op.</exception>
    public TensorSpec Infer(in TensorSpec input)
    {
        using NoGrad none = new();
        return Graph.Trace(Forward, input).Results[0].Spec;
    }

    /// <summary>
    /// For a layer that moves a window over the axes after the first two:
    /// how many positions of such an axis (0: the first of them) one result sees, and how far the next window is; null for other layers.
    /// From them follow receptive fields: r ← r + (size - 1) j, j ← j stride.
    /// </summary>
    public virtual (int Size, int Stride)? WindowAlong(int axis) => null;
}
