namespace Hebb;

/// <summary>
/// Runs an elementwise op in the loop of the only op that uses its result, so that the result needs no memory; and such a loop in the
/// kernel of the matrix product, convolution or normalization that makes its operand. It may not fuse what a view, another op or the caller
/// sees, nor ops of another shape, nor move an op past an effect that changes what the op reads, and stops where compilers give up keeping
/// a loop in registers: six ops, one of them transcendental.
/// </summary>
internal sealed class LaneFusion
{
    private const int MostOps = 6;

    private readonly Aliases _aliases;
    private readonly Makers _makers;
    private readonly Dictionary<PlanStep, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Place, HashSet<Storage> Written)> _changes = [];
    private readonly HashSet<PlanStep> _absorbed = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PlanStep, ActivatedStep> _activated = new(ReferenceEqualityComparer.Instance);

    private LaneFusion(List<PlanStep> steps, List<PlanStep> effects, IReadOnlyList<Tensor> results, Aliases aliases)
    {
        _aliases = aliases;
        _makers = new Makers(steps, effects, results, aliases);
        foreach (PlanStep step in steps.Concat(effects))
        {
            if (step.IsEffect) _changes.Add((_places.Count, [.. step.Written.Select(tensor => aliases.Of(tensor.Storage))]));
            _places.Add(step, _places.Count);
        }
    }

    /// <summary>Fuses steps with each other and with the effects behind them.</summary>
    public static (List<PlanStep> Steps, List<PlanStep> Effects) Fuse(
        List<PlanStep> steps, List<PlanStep> effects, IReadOnlyList<Tensor> results, Aliases aliases)
    {
        // Loops are composed as types at run time.
        if (!EngineContext.Current.Backend.FusesLanes) return (steps, effects);
        LaneFusion fusion = new(steps, effects, results, aliases);
        effects = fusion.Fused(effects);
        return (fusion.Fused(steps), effects);
    }

    /// <summary>Users come before makers here.</summary>
    private List<PlanStep> Fused(List<PlanStep> steps)
    {
        List<PlanStep> fused = [];
        foreach (PlanStep step in Enumerable.Reverse(steps))
        {
            if (_activated.TryGetValue(step, out ActivatedStep? activated)) fused.Add(activated);
            if (_absorbed.Contains(step)) continue;
            if (Fed(step) is { } fed) fused.Add(fed);
            else if (IsLane(step))
            {
                Expression loop = Loop(step, _places[step]);
                _absorbed.UnionWith(loop.Taken);
                if (!Activate(loop)) fused.Add(loop.Ops == 1 ? step : loop.Step());
            }
            else fused.Add(step);
        }
        fused.Reverse();
        return fused;
    }

    /// <summary>The step with as many of the ops that feed it as fit in one loop.</summary>
    /// <param name="root">The step.</param>
    /// <param name="at">Where the loop runs.</param>
    /// <param name="mayRead">What the loop may read; anything if left out.</param>
    /// <param name="room">How many operands the loop may have.</param>
    private Expression Loop(PlanStep root, int at, Predicate<Tensor>? mayRead = null, int room = ElementwiseExpression.MaxOperands)
    {
        Expression expression = new(root, _aliases);
        bool isGrowing = true;
        while (isGrowing)
        {
            isGrowing = false;
            foreach (Tensor operand in expression.Leaves)
            {
                if (Maker(operand, root, at) is not { } maker || !IsLane(maker) || !expression.CanTake(maker, room)) continue;
                if (mayRead is not null && !maker.Inputs.All(input => mayRead(input))) continue;
                expression.Take(operand, maker);
                isGrowing = true;
                break;
            }
        }
        return expression;
    }

    /// <summary>The step together with the loop that feeds one of its operands; null if there is none, or it cannot be in there.</summary>
    private FedStep? Fed(PlanStep step)
    {
        int at = _places[step];
        if (step.Op is not ILaneFed op || OnlyMaker(step.Inputs[op.Fed], at) is not { } maker || !IsLane(maker)) return null;
        TensorSpec values = maker.Outputs[0].Spec;
        bool MayRead(Tensor leaf) => op.CanRead(leaf.Spec, values) && IsKept(leaf, step);
        if (!op.CanTake(values) || !maker.Inputs.All(MayRead)) return null;
        Expression loop = Loop(maker, at, MayRead, op.Room);
        if (loop.Leaves.Count > op.Room) return null;
        _absorbed.UnionWith(loop.Taken);
        _absorbed.Add(maker);
        FusedStep fused = loop.Step();
        IEnumerable<Tensor> others = step.Inputs.Where((_, i) => i != op.Fed);
        return new FedStep(step, op.Over(fused.Compose, values), [.. others, .. fused.Operands], fused);
    }

    /// <summary>
    /// Whether the loop can run within the kernel that makes one of its operands; then it is noted for the place of that kernel.
    /// </summary>
    private bool Activate(Expression loop)
    {
        PlanStep root = loop.Root;
        TensorSpec result = root.Outputs[0].Spec;
        foreach (Tensor operand in loop.Leaves)
        {
            if (_makers.OnlyMaker(operand) is not { Op: IActivated } maker || maker.Outputs[0].Spec != result) continue;
            Tensor[] others = [.. loop.Leaves.Where(leaf => leaf != operand)];
            if (others.Length > (maker.Op is IPairActivated ? 1 : 0)) continue;
            if (!others.All(other => other.Spec == result && IsThere(other, maker, root))) continue;
            string formula = loop.Formula(operand, maker.Name);
            loop.PutFirst(operand);
            FusedStep step = loop.Step();
            _absorbed.Add(maker);
            _activated.Add(maker, new ActivatedStep(maker, loop.Ops == 1 ? root : step, step.Compose(0), others, formula));
            return true;
        }
        return false;
    }

    /// <summary>Whether a tensor has the values already at a step that a later one reads.</summary>
    private bool IsThere(Tensor tensor, PlanStep step, PlanStep later)
    {
        int at = _places[step];
        Storage memory = _aliases.Of(tensor.Storage);
        if (_makers.Maker(memory) is { } maker && _places[maker] >= at) return false;
        return !_changes.Any(change => change.Place > at && change.Place < _places[later] && change.Written.Contains(memory));
    }

    /// <summary>
    /// Whether a loop inside a step may read a tensor: no effect but the step itself writes it, since effects may be joined and run in any
    /// order or at once; and what the step itself writes is read element by element as it is written.
    /// </summary>
    private bool IsKept(Tensor tensor, PlanStep step)
    {
        Storage memory = _aliases.Of(tensor.Storage);
        int at = _places[step];
        foreach ((int place, HashSet<Storage> written) in _changes)
        {
            if (!written.Contains(memory)) continue;
            if (place != at) return false;
            if (!step.Written.Any(own => _aliases.Of(own.Storage) == memory && own.Offset == tensor.Offset && own.Spec == tensor.Spec))
                return false;
        }
        return true;
    }

    /// <summary>The step that makes an operand for this one use alone, in the shape of the user's result.</summary>
    private PlanStep? Maker(Tensor operand, PlanStep user, int at) =>
        operand.Shape == user.Outputs[0].Shape ? OnlyMaker(operand, at) : null;

    /// <summary>The step that makes an operand for one use alone, if it may run as late as its user.</summary>
    private PlanStep? OnlyMaker(Tensor operand, int at) =>
        _makers.OnlyMaker(operand) is { } maker && CanWait(maker, at) ? maker : null;

    /// <summary>Whether nothing that a step reads is changed between its place and a later one.</summary>
    private bool CanWait(PlanStep step, int at)
    {
        foreach ((int place, HashSet<Storage> written) in _changes)
        {
            if (place <= _places[step] || place > at) continue;
            if (step.Inputs.Any(input => written.Contains(_aliases.Of(input.Storage)))) return false;
        }
        return true;
    }

    /// <summary>
    /// Whether a step can be a part of a loop: its op has a lane function, and all numbers are of one floating-point type.
    /// </summary>
    private static bool IsLane(PlanStep step) =>
        step.Op is IElementwise op && step.Outputs[0].DType.IsFloat && step.Inputs.Count <= ElementwiseExpression.MaxOperands
        && step.Inputs.All(input => input.DType == step.Outputs[0].DType)
        && op.Over([.. Enumerable.Range(0, step.Inputs.Count).Select(ElementwiseExpression.Operand)]) is not null;

    /// <summary>A tree of ops over the tensors that they read.</summary>
    private sealed class Expression(PlanStep root, Aliases aliases)
    {
        private readonly Dictionary<Tensor, PlanStep> _taken = new(ReferenceEqualityComparer.Instance);
        private int _transcendental = Weight(root);

        public PlanStep Root => root;

        public int Ops => 1 + _taken.Count;

        public IEnumerable<PlanStep> Taken => _taken.Values;

        /// <summary>What the loop reads, each tensor once.</summary>
        public List<Tensor> Leaves { get; private set; } = Distinct(root.Inputs, aliases);

        public bool CanTake(PlanStep maker, int room) =>
            Ops < MostOps && _transcendental + Weight(maker) <= 1
            && Leaves.Count - 1 + maker.Inputs.Count(input => !Leaves.Any(leaf => IsSame(leaf, input))) <= room;

        public void Take(Tensor operand, PlanStep maker)
        {
            _taken.Add(operand, maker);
            _transcendental += Weight(maker);
            Leaves = Distinct(Leaves.Where(leaf => leaf != operand).Concat(maker.Inputs), aliases);
        }

        public FusedStep Step() => new(root, first => Tree(root, first), Formula(root, _ => "·"), [.. _taken.Values, root], Leaves);

        private ElementwiseExpression Tree(PlanStep step, int first) =>
            ((IElementwise)step.Op).Over([.. step.Inputs.Select(input => Tree(input, first))])!;

        private ElementwiseExpression Tree(Tensor tensor, int first) =>
            TakenFor(tensor) is { } step ? Tree(step, first)
                : ElementwiseExpression.Operand(first + Leaves.FindIndex(leaf => IsSame(leaf, tensor)));

        /// <summary>Has the loop read a tensor as its first operand.</summary>
        public void PutFirst(Tensor operand) => Leaves = [operand, .. Leaves.Where(leaf => leaf != operand)];

        /// <summary>The loop in words, with a name for one operand.</summary>
        public string Formula(Tensor operand, string name) => Formula(root, leaf => IsSame(leaf, operand) ? name : "·");

        private string Formula(PlanStep step, Func<Tensor, string> leaf) =>
            $"{step.Op.Name}({string.Join(", ", step.Inputs.Select(x => TakenFor(x) is { } maker ? Formula(maker, leaf) : leaf(x)))})";

        private PlanStep? TakenFor(Tensor tensor) => _taken.FirstOrDefault(taken => IsSame(taken.Key, tensor)).Value;

        private static int Weight(PlanStep step) => ((IElementwise)step.Op).IsTranscendental ? 1 : 0;

        private bool IsSame(Tensor a, Tensor b) => IsSame(a, b, aliases);

        private static List<Tensor> Distinct(IEnumerable<Tensor> tensors, Aliases aliases)
        {
            List<Tensor> distinct = [];
            foreach (Tensor tensor in tensors)
            {
                if (!distinct.Any(other => IsSame(other, tensor, aliases))) distinct.Add(tensor);
            }
            return distinct;
        }

        private static bool IsSame(Tensor a, Tensor b, Aliases aliases) =>
            aliases.Of(a.Storage) == aliases.Of(b.Storage) && a.Offset == b.Offset && a.Spec == b.Spec;
    }
}
