namespace Hebb;

/// <summary>
/// An op that moves a window over the spatial axes of its first operand, which are all after the first two, as convolution and pooling do.
/// From the windows follow the receptive fields of a network: r ← r + (size - 1) j, j ← j stride.
/// </summary>
public interface IWindowed : IOp
{
    /// <summary>
    /// How many positions of a spatial axis (0: rows) one result sees, gaps of a dilated kernel included, and how far the next window is.
    /// </summary>
    (int Size, int Stride) Along(int axis, ReadOnlySpan<TensorSpec> inputs);
}
