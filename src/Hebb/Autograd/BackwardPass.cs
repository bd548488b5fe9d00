namespace Hebb;

/// <summary>
/// One reverse sweep over the nodes behind some results. Nodes are numbered as they are made, so the highest number waiting is always one
/// whose consumers are all done: each node is visited exactly once.
/// </summary>
internal sealed class BackwardPass
{
    private readonly Dictionary<Node, Tensor?[]> _waiting = [];
    private readonly PriorityQueue<Node, long> _order = new();
    private readonly Dictionary<Tensor, Tensor?>? _wanted;
    private readonly List<Node> _visited = [];
    private readonly GradientMemory _memory;
    private OrderedDictionary<Tensor, Tensor>? _hooked; // leaves with hooks, and the sums that wait for the pass to end

    private BackwardPass(IReadOnlyList<Tensor>? wanted, bool createGraph)
    {
        _memory = new GradientMemory(isActive: !createGraph);
        if (wanted is null) return;
        _wanted = new Dictionary<Tensor, Tensor?>(ReferenceEqualityComparer.Instance);
        foreach (Tensor tensor in wanted) _wanted[tensor] = null;
    }

    /// <summary>
    /// Sends seeds back from results. With <paramref name="wanted"/>, returns the gradients of those tensors (null where none reaches) and
    /// touches no <see cref="Tensor.Grad"/>; without, adds to the gradients of leaves.
    /// </summary>
    public static Tensor?[] Run(
        IReadOnlyList<Tensor> results, IReadOnlyList<Tensor?> seeds, IReadOnlyList<Tensor>? wanted, bool retainGraph, bool createGraph)
    {
        BackwardPass pass = new(wanted, createGraph);
        try
        {
            using (new NoGrad(off: !createGraph))
            {
                for (int i = 0; i < results.Count; i++) pass.Start(results[i], seeds[i]);
                pass.Sweep();
                pass.CompleteHooked();
            }
        }
        finally
        {
            EngineContext.Current.Differentiated = null;
            pass._memory.Finish();
        }
        if (!retainGraph)
        {
            foreach (Node node in pass._visited) node.IsReleased = true;
        }
        return wanted is null ? [] : [.. wanted.Select(tensor => pass._wanted![tensor])];
    }

    private void Start(Tensor result, Tensor? seed)
    {
        // Asked for gradients of its own, a constant has zeros; a walk to leaves that finds none is a mistake.
        if (!result.RequiresGrad && _wanted is null)
            throw new InvalidOperationException(
                $"Backward was called on {result.Spec}, but nothing it was computed from requires a gradient; "
                + "set RequiresGrad on a leaf, and compute outside NoGrad.");
        if (seed is null)
        {
            if (result.Count != 1)
                throw new InvalidOperationException(
                    $"Backward was called on {result.Spec}, but only a tensor of one element has an obvious seed; "
                    + "reduce it with Sum() or Mean(), or pass a seed of its shape.");
            seed = Tensor.Ones(result.Shape, result.DType);
        }
        else if (seed.Shape != result.Shape || seed.DType != result.DType)
        {
            throw new ShapeException(
                $"A seed {seed.Spec} was given to Backward of {result.Spec}; a seed has the type and shape of what it is the gradient of.");
        }
        if (!result.RequiresGrad) return;
        _memory.Expose(seed);
        Arrive(result, seed);
    }

    private void Sweep()
    {
        while (_order.TryDequeue(out Node? node, out _))
        {
            _waiting.Remove(node, out Tensor?[]? upstream);
            Visit(node, upstream!);
        }
    }

    private void Visit(Node node, Tensor?[] upstream)
    {
        if (node.IsReleased)
            throw new InvalidOperationException(
                $"Backward reached {node}, whose graph was released by an earlier backward pass; "
                + "pass retainGraph: true to the earlier one.");
        _visited.Add(node);
        for (int i = 0; i < upstream.Length; i++)
        {
            if (upstream[i] is { } gradient) upstream[i] = Complete(node.Outputs[i], gradient);
        }
        bool[] needs = new bool[node.Inputs.Count];
        for (int i = 0; i < needs.Length; i++) needs[i] = node.Inputs[i].RequiresGrad;
        GradientFlow flow = new(node, upstream, needs);
        _memory.Enter(node.Op, upstream);
        EngineContext.Current.Differentiated = node;
        node.Op.Grad(flow);
        foreach ((int operand, Tensor gradient) in flow.Given)
        {
            Tensor input = node.Inputs[operand];
            Arrive(input, gradient.SumTo(input.Shape));
        }
        _memory.Leave(upstream);
    }

    /// <summary>Adds a gradient to what waits at a tensor: at its creator's output, or at the leaf itself.</summary>
    private void Arrive(Tensor at, Tensor gradient)
    {
        if (at.Creator is not { } node)
        {
            AddToLeaf(at, gradient);
            return;
        }
        if (!_waiting.TryGetValue(node, out Tensor?[]? slots))
        {
            _waiting[node] = slots = new Tensor?[node.Outputs.Count];
            _order.Enqueue(node, -node.Id);
        }
        ref Tensor? slot = ref slots[at.CreatorOutput];
        if (slot is null)
        {
            slot = gradient;
            _memory.Hold(gradient);
            return;
        }
        Tensor sum = slot + gradient;
        _memory.Hold(sum);
        _memory.Drop(slot);
        slot = sum;
    }

    private void AddToLeaf(Tensor leaf, Tensor gradient)
    {
        if (!leaf.RequiresGrad) return;
        if (leaf.Hooks.Length == 0)
        {
            Keep(leaf, gradient);
            return;
        }
        _hooked ??= new OrderedDictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
        Tensor sum = _hooked.TryGetValue(leaf, out Tensor? before) ? before + gradient : gradient;
        _memory.Expose(sum);
        _hooked[leaf] = sum;
    }

    /// <summary>Hooks of leaves see the sum over all uses, which is complete when everything is done.</summary>
    private void CompleteHooked()
    {
        if (_hooked is null) return;
        foreach ((Tensor leaf, Tensor sum) in _hooked) Keep(leaf, RunHooks(leaf, sum));
    }

    private void Keep(Tensor leaf, Tensor gradient)
    {
        if (_wanted is not null)
        {
            if (!_wanted.TryGetValue(leaf, out Tensor? before)) return;
            _wanted[leaf] = before is null ? Own(gradient) : Own(before + gradient);
            return;
        }
        leaf.Grad = leaf.Grad is { } sum ? Own(sum + gradient) : Own(gradient);
    }

    /// <summary>A gradient that user code may keep and write to: it shares memory with nothing else.</summary>
    private Tensor Own(Tensor gradient)
    {
        Tensor own = _memory.IsShared(gradient) ? gradient.Clone() : gradient;
        _memory.Expose(own);
        return own;
    }

    /// <summary>The gradient of a result has all its parts: hooks see it, and it is kept where someone asked for it.</summary>
    private Tensor Complete(Tensor result, Tensor gradient)
    {
        Tensor changed = RunHooks(result, gradient);
        bool isWanted = _wanted is not null && _wanted.ContainsKey(result);
        if (isWanted) _wanted![result] = changed;
        else if (_wanted is null && result.KeepsGrad) result.Grad = result.Grad is { } sum ? sum + changed : changed;
        if (isWanted || (_wanted is null && result.KeepsGrad)) _memory.Expose(changed);
        return changed;
    }

    private Tensor RunHooks(Tensor tensor, Tensor gradient)
    {
        foreach (Func<Tensor, Tensor?> hook in tensor.Hooks)
        {
            _memory.Expose(gradient);
            if (hook(gradient) is not { } changed) continue;
            if (changed.Shape != tensor.Shape || changed.DType != tensor.DType)
                throw new ShapeException(
                    $"A gradient hook of {tensor.Spec} returned {changed.Spec}; a gradient has its tensor's type and shape.");
            _memory.Expose(changed);
            gradient = changed;
        }
        return gradient;
    }
}
