using Hebb.Ops;

namespace Hebb.Layers;

/// <summary>
/// Gated recurrent unit: r, u = σ(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh) and n = tanh(W_ih x_t + b_ih + r (W_hh h_(t-1) + b_hh)), each
/// with rows of its own, in the order r, u, n; h_t = (1 - u) n + u h_(t-1) (Cho et al., 2014, with the reset gate after the product, as in
/// cuDNN and PyTorch).
/// </summary>
/// <param name="inputs">I, numbers of an input step; null leaves them open until the first input.</param>
/// <param name="units">H, numbers of the state.</param>
/// <param name="options">Layers, directions, outputs and the like; one layer, forward, every step by default.</param>
public sealed class Gru(int? inputs, int units, RecurrentOptions? options = null)
    : RecurrentLayer(inputs, units, gates: 3, hasCell: false, options)
{
    private protected override IRecurrentOp Op(RecurrentForm form) => new GruRecurrence(form);

    private protected override bool KeepsLastBias => true;

    /// <inheritdoc/>
    protected internal override Module New() => new Gru(Inputs, Units, Options);
}
