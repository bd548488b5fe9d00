using Hebb.Ops;

namespace Hebb.Layers;

/// <summary>
/// h_t = f(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh), the simple recurrent layer (Elman, Finding Structure in Time, 1990). f is tanh unless
/// told otherwise.
/// </summary>
public sealed class Rnn : RecurrentLayer
{
    private readonly RecurrentActivation _activation;

    /// <summary>A layer of given sizes.</summary>
    /// <param name="inputs">I, numbers of an input step; null leaves them open until the first input.</param>
    /// <param name="units">H, numbers of the state.</param>
    /// <param name="options">Layers, directions, outputs and the like; one layer, forward, every step by default.</param>
    /// <param name="activation">f; tanh by default.</param>
    public Rnn(int? inputs, int units, RecurrentOptions? options = null, RecurrentActivation activation = RecurrentActivation.Tanh)
        : base(inputs, units, gates: 1, hasCell: false, options) => _activation = activation;

    /// <inheritdoc/>
    public override string Details => base.Details + (_activation == RecurrentActivation.Tanh ? "" : $", {_activation}".ToLowerInvariant());

    private protected override IRecurrentOp Op(RecurrentForm form) => new SimpleRecurrence(_activation, form);

    /// <inheritdoc/>
    protected internal override Module New() => new Rnn(Inputs, Units, Options, _activation);
}
