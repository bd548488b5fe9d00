namespace Hebb.Layers;

/// <summary>y = f(x) for a function of your own without parameters; its gradient is that of the tensor operations it uses.</summary>
public sealed class Lambda : Module
{
    private readonly Func<Tensor, Tensor> _function;
    private readonly string _name;

    /// <summary>A layer around a function.</summary>
    /// <param name="function">The function.</param>
    /// <param name="name">How the layer prints itself.</param>
    public Lambda(Func<Tensor, Tensor> function, string name = "")
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
        _name = name;
    }

    /// <inheritdoc/>
    public override string Details => _name;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x) => _function(x);

    /// <inheritdoc/>
    protected internal override Module New() => new Lambda(_function, _name);
}
