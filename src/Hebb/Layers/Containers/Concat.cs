using System.Collections;
using System.Runtime.CompilerServices;

namespace Hebb.Layers;

/// <summary>
/// y = the results of several branches on the same x, one after the other along an axis, by default the channels: <c>new Concat(a, b)</c>
/// or, along axis 1, the collection expression <c>Concat net = [a, b];</c>. An <see cref="Identity"/> among them passes x on (Szegedy et
/// al., 2015; Huang et al., 2017).
/// </summary>
[CollectionBuilder(typeof(Concat), nameof(Create))]
public sealed class Concat : Module, IReadOnlyList<Module>
{
    private readonly int _axis;

    /// <summary>Branches whose results are joined along axis 1.</summary>
    public Concat(params ReadOnlySpan<Module> branches) : this(1, branches) { }

    /// <inheritdoc cref="Concat(ReadOnlySpan{Module})"/>
    public Concat(params Module[] branches) : this((ReadOnlySpan<Module>)branches) { }

    /// <summary>Branches that are lists of layers, <c>new Concat([a], [b, c])</c>, whose results are joined along axis 1.</summary>
    public Concat(params ReadOnlySpan<Sequential> branches) : this(1, branches) { }

    /// <inheritdoc cref="Concat(ReadOnlySpan{Sequential})"/>
    public Concat(params Sequential[] branches) : this((ReadOnlySpan<Sequential>)branches) { }

    /// <summary>Branches.</summary>
    /// <param name="axis">The axis along which the results are joined; -1 is the last.</param>
    /// <param name="branches">The branches, at least one.</param>
    public Concat(int axis, params ReadOnlySpan<Module> branches)
    {
        if (branches.Length == 0)
            throw new ArgumentException("A Concat without branches was asked for; give it at least one.", nameof(branches));
        _axis = axis;
        RegisterAll(branches);
    }

    /// <inheritdoc cref="Concat(int, ReadOnlySpan{Module})"/>
    public Concat(int axis, params Module[] branches) : this(axis, (ReadOnlySpan<Module>)branches) { }

    /// <inheritdoc/>
    public override string Details => _axis == 1 ? "" : $"axis {_axis}";

    /// <summary>How many branches there are.</summary>
    public int Count => Children.Count;

    /// <summary>The branch at a position.</summary>
    public Module this[int index] => Children[index].Value;

    /// <summary>Makes branches from a collection expression.</summary>
    public static Concat Create(ReadOnlySpan<Module> branches) => new(branches);

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        Tensor[] results = new Tensor[Count];
        for (int i = 0; i < results.Length; i++) results[i] = this[i].Forward(x);
        return Tensor.Concat(results, _axis);
    }

    /// <summary>The mask is that of the first branch's result; all branches must leave the same steps.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        MaskedTensor[] results = new MaskedTensor[Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = this[i].Forward(x);
            if (results[i].Mask?.Shape != results[0].Mask?.Shape)
                throw Misfit(x.Values, $"branches that leave the same steps, and branch {i} gives {results[i]} beside {results[0]}; "
                    + "let all pool the steps, or none");
        }
        return results[0].With(Tensor.Concat([.. results.Select(result => result.Values)], _axis));
    }

    /// <inheritdoc/>
    public IEnumerator<Module> GetEnumerator() => Children.Select(child => child.Value).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected internal override Module New() => new Concat(_axis, [.. this.Select(branch => branch.Clone())]);
}
