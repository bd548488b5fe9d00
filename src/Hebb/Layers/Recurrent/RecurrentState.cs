namespace Hebb.Layers;

/// <summary>
/// The states of a recurrent layer between two steps: h [L·D, N, H] and, of an LSTM, c of the same shape, layer by layer and within a
/// layer the forward direction first, as PyTorch keeps them.
/// </summary>
/// <param name="H">h.</param>
/// <param name="C">c; null for a layer that has none.</param>
public sealed record RecurrentState(Tensor H, Tensor? C = null)
{
    /// <summary>The same numbers without their history: where truncated back-propagation through time ends.</summary>
    public RecurrentState Detach() => new(H.Detach(), C?.Detach());

    /// <inheritdoc/>
    public override string ToString() => C is null ? $"RecurrentState({H.Spec})" : $"RecurrentState({H.Spec}, {C.Spec})";
}
