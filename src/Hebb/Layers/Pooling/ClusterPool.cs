namespace Hebb.Layers;

/// <summary>What a pooling makes of the members of a cluster.</summary>
public enum ClusterAggregate
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The largest; the gradient goes to the first of equals.</summary>
    Max,
}

/// <summary>
/// One output for each cluster of a partition of the inputs, [..., inputs] to [..., clusters]: the sum, mean or largest of exactly its
/// members. With trained weights it is <see cref="MaskedLinear.Clusters"/>.
/// </summary>
public sealed class ClusterPool : Module
{
    private readonly IReadOnlyList<IReadOnlyList<int>> _clusters;
    private readonly ClusterAggregate _aggregate;
    private readonly Tensor _members, _places;
    private readonly int _inputs;

    /// <summary>A pooling of a partition.</summary>
    /// <param name="clusters">The members of each cluster: every input from 0 on in exactly one.</param>
    /// <param name="aggregate">What becomes of the members; their mean by default.</param>
    /// <exception cref="ArgumentException">These are no partition.</exception>
    public ClusterPool(IReadOnlyList<IReadOnlyList<int>> clusters, ClusterAggregate aggregate = ClusterAggregate.Mean)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        (_clusters, _aggregate) = (clusters, aggregate);
        int[] members = [.. clusters.SelectMany(cluster => cluster)];
        _inputs = members.Length;
        if (_inputs == 0 || clusters.Any(cluster => cluster.Count == 0) || !members.Order().SequenceEqual(Enumerable.Range(0, _inputs)))
            throw new ArgumentException(
                $"The clusters {{{string.Join("}, {", clusters.Select(cluster => InvariantText.Join(", ", cluster)))}}} are no partition; "
                + "put every input from 0 on into exactly one of them.", nameof(clusters));
        // Clusters side by side; shorter ones repeat their last member, which counts for nothing.
        int longest = clusters.Max(cluster => cluster.Count);
        Shape shape = [clusters.Count, longest];
        _members = Tensor.From(
            [.. clusters.SelectMany(cluster => Enumerable.Range(0, longest).Select(i => (long)cluster[Math.Min(i, cluster.Count - 1)]))],
            shape);
        _places = Tensor.From(
            [.. clusters.SelectMany(cluster => Enumerable.Range(0, longest).Select(i =>
                i < cluster.Count ? aggregate == ClusterAggregate.Mean ? 1f / cluster.Count : 1 : 0))],
            shape);
    }

    /// <inheritdoc/>
    public override string Details => $"{_inputs} → {_clusters.Count}, {_aggregate}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank == 0 || x.Shape[-1] != _inputs)
            throw Misfit(x, $"{_inputs} features in the last axis; give it as many, or other clusters");
        Tensor taken = x.Take(_members, x.Rank - 1);
        return _aggregate == ClusterAggregate.Max ? taken.MaxWithIndex(-1).Values : (taken * _places.Cast(x.DType)).Sum(-1);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new ClusterPool(_clusters, _aggregate);
}
