using System.Numerics;

namespace Hebb.Layers;

/// <summary>
/// Probabilities of many classes as products along a binary tree whose leaves they are: at each inner node v the left branch has the
/// probability σ(w_v · x + b_v), the right one the rest, so that the leaves sum to 1 for any scores (Morin and Bengio, 2005). The
/// probability of one class costs as many products as its leaf is deep: about log₂ K of K classes in a balanced tree, and fewer for
/// frequent classes in a Huffman tree (Mikolov et al., 2013).
/// </summary>
public sealed class HierarchicalSoftmax : Module
{
    private readonly Tensor _nodes, _turns;

    private HierarchicalSoftmax(int inputs, Tensor nodes, Tensor turns)
    {
        Argument.AtLeast(inputs, 1);
        RegisterState(_nodes = nodes, "nodes");
        RegisterState(_turns = turns, "turns");
        Register(Weight = new Parameter([nodes.Shape[0] - 1, inputs], Initializer.Default), "weight");
        Register(Bias = new Parameter([nodes.Shape[0] - 1], Initializer.DefaultBias(inputs)) { IsDecayed = false }, "bias");
    }

    /// <summary>w, [classes - 1, inputs].</summary>
    public Parameter Weight { get; }

    /// <summary>b, [classes - 1].</summary>
    public Parameter Bias { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes => _nodes.Shape[0];

    /// <summary>The branches on the way to the deepest leaf.</summary>
    public int Depth => _nodes.Shape[1];

    /// <inheritdoc/>
    public override string Details => $"{Weight.Shape[1]} → {Classes}, depth {Depth}";

    /// <summary>A tree whose leaves are as equally deep as can be, in the order of the classes.</summary>
    /// <param name="inputs">Features of x.</param>
    /// <param name="classes">How many classes there are, at least 2.</param>
    public static HierarchicalSoftmax Balanced(int inputs, int classes)
    {
        Argument.AtLeast(classes, 2);
        Storage.RequireRoom(new TensorSpec(DType.Int64, [classes, BitOperations.Log2((uint)classes - 1) + 1]));
        List<(int Node, int Turn)>[] paths = [.. Enumerable.Range(0, classes).Select(_ => new List<(int, int)>())];
        int next = 0;
        Stack<(int From, int To)> ranges = new([(0, classes)]);
        while (ranges.TryPop(out (int From, int To) range))
        {
            if (range.To - range.From == 1) continue;
            int node = next++, middle = range.From + (range.To - range.From + 1) / 2;
            for (int i = range.From; i < range.To; i++) paths[i].Add((node, i < middle ? 1 : -1));
            ranges.Push((middle, range.To));
            ranges.Push((range.From, middle));
        }
        return Of(inputs, paths);
    }

    /// <summary>The tree in which the mean depth of leaves, weighed by frequency, is least (Huffman, 1952).</summary>
    /// <param name="inputs">Features of x.</param>
    /// <param name="frequencies">How often each class occurs, at least two, none negative.</param>
    public static HierarchicalSoftmax Huffman(int inputs, IReadOnlyList<long> frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        if (frequencies.Count < 2 || frequencies.Any(frequency => frequency < 0))
            throw new ArgumentException(
                $"A tree over {frequencies.Count} frequencies was asked for; give at least two, none below 0.", nameof(frequencies));
        // Equal frequencies are joined in the order of the classes.
        PriorityQueue<List<int>, (Int128 Frequency, int Order)> groups = new();
        for (int i = 0; i < frequencies.Count; i++) groups.Enqueue([i], (frequencies[i], i));
        List<(int Node, int Turn)>[] paths = [.. frequencies.Select(_ => new List<(int, int)>())];
        int order = frequencies.Count;
        // The root, joined last, is node 0.
        for (int node = frequencies.Count - 2; node >= 0; node--)
        {
            groups.TryDequeue(out List<int>? left, out (Int128 Frequency, int Order) a);
            groups.TryDequeue(out List<int>? right, out (Int128 Frequency, int Order) b);
            foreach (int leaf in left!) paths[leaf].Insert(0, (node, 1));
            foreach (int leaf in right!) paths[leaf].Insert(0, (node, -1));
            groups.Enqueue([.. left, .. right], (a.Frequency + b.Frequency, order++));
        }
        return Of(inputs, paths);
    }

    /// <summary>ln p of one class for each sample, [N]: the way down to its leaf alone.</summary>
    /// <param name="x">Features [N, inputs].</param>
    /// <param name="classes">int64 [N].</param>
    /// <exception cref="ShapeException">Features and classes do not fit.</exception>
    public Tensor LogProbability(Tensor x, Tensor classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        Check(x);
        if (classes.DType != DType.Int64 || classes.Rank != 1 || classes.Count != x.Shape[0])
            throw new ShapeException($"{Description} got classes {classes.Spec} for {x.Spec}, "
                + $"but takes one for each sample, int64[{x.Shape[0]}]; Cast or reshape them.");
        Tensor nodes = _nodes.Take(classes), turns = _turns.Take(classes);
        Tensor scores = (Weight.Take(nodes) * x.Unsqueeze(1)).Sum(-1) + Bias.Take(nodes);
        return Descend(scores, turns);
    }

    /// <summary>-ln p of the right classes, the mean over samples: the negative log-likelihood.</summary>
    /// <param name="x">Features [N, inputs].</param>
    /// <param name="classes">int64 [N].</param>
    /// <exception cref="ShapeException">Features and classes do not fit.</exception>
    public Tensor Loss(Tensor x, Tensor classes) => -LogProbability(x, classes).Mean();

    /// <summary>ln p of all classes, [N, classes], such as <c>NllLoss</c> takes.</summary>
    protected override Tensor OnForward(Tensor x)
    {
        Check(x);
        Tensor scores = x.Linear(Weight, Bias);
        return Descend(scores.Take(_nodes, 1), _turns);
    }

    /// <summary>Another layer with the same tree.</summary>
    protected internal override Module New() => new HierarchicalSoftmax(Weight.Shape[1], _nodes.Clone(), _turns.Clone());

    /// <summary>Σ ln σ(± score) over the nodes of a way, where a turn of 0 is no node.</summary>
    private static Tensor Descend(Tensor scores, Tensor turns) => ((scores * turns).LogSigmoid() * turns.Abs()).Sum(-1);

    private static HierarchicalSoftmax Of(int inputs, List<(int Node, int Turn)>[] paths)
    {
        int depth = paths.Max(path => path.Count);
        Shape shape = [paths.Length, depth];
        Tensor nodes = Tensor.From(
            [.. paths.SelectMany(path => Enumerable.Range(0, depth).Select(i => i < path.Count ? (long)path[i].Node : 0))], shape);
        Tensor turns = Tensor.From(
            [.. paths.SelectMany(path => Enumerable.Range(0, depth).Select(i => i < path.Count ? (float)path[i].Turn : 0))], shape);
        return new HierarchicalSoftmax(inputs, nodes, turns);
    }

    private void Check(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.Rank != 2 || x.Shape[1] != Weight.Shape[1])
            throw Misfit(x, $"[N, {Weight.Shape[1]}]; give it as many features, or build the layer for yours");
        if (x.DType != Weight.DType)
            throw MisfitType(x, Weight.DType);
    }
}
