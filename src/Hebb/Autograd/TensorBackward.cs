namespace Hebb;

/// <summary>Reverse-mode differentiation, as methods of <see cref="Tensor"/>.</summary>
public static class TensorBackward
{
    extension(Tensor y)
    {
        /// <summary>
        /// Reverse-mode differentiation: adds dL/dx to the <see cref="Tensor.Grad"/> of every leaf x that this tensor was computed from,
        /// visiting each node once, in time linear in the size of the graph.
        /// </summary>
        /// <param name="seed">dL/dy, of this tensor's shape; 1 for a scalar if left out.</param>
        /// <param name="retainGraph">Keep what gradients need, so that a later pass can go through the same graph.</param>
        /// <param name="createGraph">Record the backward pass itself, so that gradients can be differentiated again.</param>
        /// <exception cref="InvalidOperationException">
        /// Nothing here requires a gradient; the tensor is no scalar and has no seed; the graph was released by an earlier pass; or a value
        /// that a gradient needs was changed in place.
        /// </exception>
        public void Backward(Tensor? seed = null, bool retainGraph = false, bool createGraph = false) =>
            BackwardPass.Run([y], [seed], wanted: null, retainGraph || createGraph, createGraph);
    }
}
