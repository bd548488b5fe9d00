using System.Collections;

namespace Hebb.Layers;

/// <summary>
/// Parts that a module of your own calls as it likes: <c>Child(layers = new ModuleList&lt;Linear&gt;(a, b))</c> registers them, which a
/// plain list would not. It is no function itself.
/// </summary>
/// <typeparam name="T">The type of the parts.</typeparam>
public sealed class ModuleList<T> : Module, IReadOnlyList<T> where T : Module
{
    private readonly List<T> _items = [];

    /// <summary>A list of parts.</summary>
    public ModuleList(params ReadOnlySpan<T> items)
    {
        RegisterAll(items);
        _items.AddRange(items);
    }

    /// <inheritdoc cref="ModuleList{T}(ReadOnlySpan{T})"/>
    public ModuleList(params T[] items) : this((ReadOnlySpan<T>)items) { }

    /// <inheritdoc/>
    public override string Kind => "ModuleList";

    /// <summary>How many parts there are.</summary>
    public int Count => _items.Count;

    /// <summary>The part at a position.</summary>
    public T this[int index] => _items[index];

    /// <summary>Puts a part at the end.</summary>
    public void Add(T item) => _items.Add(Child(item, $"{Count}"));

    /// <summary>Not to be called: a list does not say in which order its parts are used.</summary>
    /// <exception cref="InvalidOperationException">Always.</exception>
    protected override Tensor OnForward(Tensor x) =>
        throw new InvalidOperationException(
            "A ModuleList was called like a layer, but it does not say how its parts are used; call the parts, or use Sequential.");

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    protected internal override Module New() => new ModuleList<T>([.. _items.Select(item => item.Clone())]);
}
