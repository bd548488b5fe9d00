namespace Hebb;

/// <summary>
/// Runs an elementwise op in the loop of the only op that uses its result, so that the result needs no memory; and functions of one operand
/// in the kernel of a matrix product or convolution that makes the operand. It may not fuse what a view, another op or the caller sees, nor
/// ops of another shape, nor move an op past an effect that changes what the op reads, and stops where compilers give up keeping a loop in
/// registers: six ops, one of them transcendental.
/// </summary>
internal sealed class LaneFusion
{
    private const int MostOps = 6;

    private readonly Aliases _aliases;
    private readonly Makers _makers;
    private readonly Dictionary<PlanStep, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly List<(int Place, HashSet<Storage> Written)> _changes = [];
    private readonly HashSet<PlanStep> _absorbed = new(ReferenceEqualityComparer.Instance);

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
            if (_absorbed.Contains(step)) continue;
            if (Fed(step) is { } fed) fused.Add(fed);
            else if (IsLane(step))
            {
                Expression loop = Loop(step, _places[step]);
                _absorbed.UnionWith(loop.Taken);
                fused.Add(Activated(loop.Ops == 1 ? step : loop.Step(), _places[step]));
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
    private Expression Loop(PlanStep root, int at, Predicate<Tensor>? mayRead = null)
    {
        Expression expression = new(root, _aliases);
        bool isGrowing = true;
        while (isGrowing)
        {
            isGrowing = false;
            foreach (Tensor operand in expression.Leaves)
            {
                if (Maker(operand, root, at) is not { } maker || !IsLane(maker) || !expression.CanTake(maker)) continue;
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
        bool MayRead(Tensor leaf) => op.CanRead(leaf.Spec, values);
        if (!op.CanTake(values) || !maker.Inputs.All(MayRead)) return null;
        Expression loop = Loop(maker, at, MayRead);
        if (loop.Leaves.Count > op.Room) return null;
        _absorbed.UnionWith(loop.Taken);
        _absorbed.Add(maker);
        FusedStep fused = loop.Step();
        IEnumerable<Tensor> others = step.Inputs.Where((_, i) => i != op.Fed);
        return new FedStep(step, op.Over(fused.Compose, values), [.. others, .. fused.Operands], fused);
    }

    /// <summary>The loop within the kernel that makes its only operand, if it can be there.</summary>
    private PlanStep Activated(PlanStep loop, int at)
    {
        if (loop.Inputs.Count != 1 || Maker(loop.Inputs[0], loop, at) is not { Op: IActivated } maker) return loop;
        if (maker.Outputs.Count > 1 || maker.Outputs[0].Spec != loop.Outputs[0].Spec) return loop;
        ElementwiseExpression tree = loop is FusedStep fused ? fused.Compose(0)
            : ((IElementwise)loop.Op).Over([ElementwiseExpression.Operand(0)])!;
        _absorbed.Add(maker);
        return new ActivatedStep(maker, loop, tree);
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

        public bool CanTake(PlanStep maker) =>
            Ops < MostOps && _transcendental + Weight(maker) <= 1
            && Leaves.Count - 1 + maker.Inputs.Count(
                input => !Leaves.Any(leaf => IsSame(leaf, input))) <= ElementwiseExpression.MaxOperands;

        public void Take(Tensor operand, PlanStep maker)
        {
            _taken.Add(operand, maker);
            _transcendental += Weight(maker);
            Leaves = Distinct(Leaves.Where(leaf => leaf != operand).Concat(maker.Inputs), aliases);
        }

        public FusedStep Step() => new(root, first => Tree(root, first), Formula(root), [.. _taken.Values, root], Leaves);

        private ElementwiseExpression Tree(PlanStep step, int first) =>
            ((IElementwise)step.Op).Over([.. step.Inputs.Select(input => Tree(input, first))])!;

        private ElementwiseExpression Tree(Tensor tensor, int first) =>
            TakenFor(tensor) is { } step ? Tree(step, first)
                : ElementwiseExpression.Operand(first + Leaves.FindIndex(leaf => IsSame(leaf, tensor)));

        private string Formula(PlanStep step) =>
            $"{step.Op.Name}({string.Join(", ", step.Inputs.Select(input => TakenFor(input) is { } maker ? Formula(maker) : "·"))})";

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
