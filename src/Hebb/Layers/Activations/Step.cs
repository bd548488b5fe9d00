namespace Hebb.Layers;

/// <summary>
/// y = 1 for x &gt; 0, 0 for x &lt; 0: the threshold unit (McCulloch and Pitts, 1943). Its derivative is 0, so that nothing in front of it
/// learns by gradients.
/// </summary>
/// <param name="tie">What becomes of 0; 0 by default.</param>
public sealed class Step(TieRule tie = TieRule.StrictGreater) : Module
{
    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => x.Step(tie);

    /// <inheritdoc/>
    protected internal override Module New() => new Step(tie);
}
