using System.Collections;
using System.Runtime.CompilerServices;

namespace Hebb.Layers;

/// <summary>
/// y = fₙ(… f₂(f₁(x))): layers one after the other. It is written as a collection expression,
/// <c>Sequential net = [new Linear(6, 10), new Relu(), new Linear(10, 3)];</c>, and names its parts by position: <c>0.weight</c>.
/// </summary>
[CollectionBuilder(typeof(Sequential), nameof(Create))]
public sealed class Sequential : Module, IReadOnlyList<Module>
{
    /// <summary>Layers one after the other; none gives the identity.</summary>
    public Sequential(params ReadOnlySpan<Module> layers) => RegisterAll(layers);

    /// <inheritdoc cref="Sequential(ReadOnlySpan{Module})"/>
    public Sequential(params Module[] layers) : this((ReadOnlySpan<Module>)layers) { }

    /// <summary>How many layers there are.</summary>
    public int Count => Children.Count;

    /// <summary>The layer at a position.</summary>
    public Module this[int index] => Children[index].Value;

    /// <summary>Makes a chain from a collection expression.</summary>
    public static Sequential Create(ReadOnlySpan<Module> layers) => new(layers);

    /// <summary>Puts a layer at the end.</summary>
    public void Add(Module layer) => Child(layer, $"{Count}");

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        for (int i = 0; i < Count; i++) x = this[i].Forward(x);
        return x;
    }

    /// <summary>Each layer gets what the one before it gave, masks and all outputs included.</summary>
    protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs)
    {
        MaskedTensor[] flow = inputs.ToArray();
        for (int i = 0; i < Count; i++) flow = this[i].Forward(flow);
        return flow;
    }

    /// <inheritdoc/>
    public IEnumerator<Module> GetEnumerator() => Children.Select(child => child.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected internal override Module New()
    {
        // A layer that stands in two places must be one layer in the copy too.
        Dictionary<Module, Module> copies = [];
        foreach (Module layer in this)
        {
            if (!copies.ContainsKey(layer)) copies.Add(layer, layer.Clone());
        }
        return new Sequential([.. this.Select(layer => copies[layer])]);
    }
}
