using Hebb.Ops;

namespace Hebb.Layers;

/// <summary>
/// Long short-term memory: i, f, o = σ(W_ih x_t + b_ih + W_hh h_(t-1) + b_hh) and g = tanh(…) with rows of their own, in the order
/// i, f, g, o; c_t = f c_(t-1) + i g; h_t = o tanh c_t (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers, Schmidhuber and
/// Cummins, 2000). The forget gates' biases start at 1 (Jozefowicz, Zaremba and Sutskever, 2015), so that cells remember at first.
/// </summary>
public sealed class Lstm : RecurrentLayer
{
    private readonly double _forgetBias;
    private readonly LstmOutput _form;

    /// <summary>A layer of given sizes.</summary>
    /// <param name="inputs">I, numbers of an input step; null leaves them open until the first input.</param>
    /// <param name="units">H, numbers of each state.</param>
    /// <param name="options">Layers, directions, outputs and the like; one layer, forward, every step by default.</param>
    /// <param name="forgetBias">What the two biases of each forget gate add up to at the start; 1 by default.</param>
    /// <param name="form">How h comes from o and c; o tanh c by default.</param>
    public Lstm(
        int? inputs, int units, RecurrentOptions? options = null, double forgetBias = 1, LstmOutput form = LstmOutput.GatedTanh)
        : base(inputs, units, gates: 4, hasCell: true, options, ForgetStart(units, forgetBias), ForgetStart(units, 0)) =>
        (_forgetBias, _form) = (Argument.Finite(forgetBias), form);

    /// <inheritdoc/>
    public override string Details => base.Details + (_form == LstmOutput.GatedTanh ? "" : $", {_form}");

    private protected override IRecurrentOp Op(RecurrentForm form) => new LstmRecurrence(_form, form);

    /// <inheritdoc/>
    protected internal override Module New() => new Lstm(Inputs, Units, Options, _forgetBias, _form);

    private static GateStart ForgetStart(int units, double value) => new(1 / Math.Sqrt(Math.Max(1, units)), Gate: 1, units, value);
}
