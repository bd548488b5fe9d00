namespace Hebb;

/// <summary>
/// Runs an elementwise op in the loop of the only op that uses its result, so that the result needs no memory; and functions of one operand in the kernel of a
/// matrix product or convolution that makes the operand. It may not fuse what a view, another op, an assignment or the caller sees, nor ops of another shape,
/// and stops where compilers give up keeping a loop in registers: six ops, one of them transcendental.
/// </summary>
internal sealed class LaneFusion
{
    private const int MostOps = 6;

    private readonly Aliases _aliases;
    private readonly Makers _makers;
    private readonly HashSet<PlanStep> _absorbed = new(ReferenceEqualityComparer.Instance);

    private LaneFusion(Makers makers, Aliases aliases)
    {
        _makers = makers;
        _aliases = aliases;
    }

    /// <summary>Fuses steps; those whose results the caller takes lazily are left out and given apart, by the number of the result.</summary>
    public static List<PlanStep> Fuse(
        List<PlanStep> steps, IReadOnlyList<PlanStep> effects, IReadOnlyList<Tensor> results, Aliases aliases, LazyResults? lazily,
        Dictionary<int, FusedStep> lazy)
    {
        // Loops are composed as types at run time. Between early effects nothing may move, so a plan that has some stays as it is.
        if (!EngineContext.Current.Backend.FusesLanes || steps.Any(step => step.IsEffect)) return steps;
        return new LaneFusion(new Makers(steps, effects, results, aliases), aliases).Fused(steps, results, lazily, lazy);
    }

    private List<PlanStep> Fused(List<PlanStep> steps, IReadOnlyList<Tensor> results, LazyResults? lazily, Dictionary<int, FusedStep> lazy)
    {
        List<PlanStep> fused = [];
        foreach (PlanStep step in Enumerable.Reverse(steps))
        {
            if (_absorbed.Contains(step)) continue;
            if (Reduced(step) is { } reduced)
            {
                fused.Add(reduced);
                continue;
            }
            Expression? loop = IsLane(step) ? Loop(step) : null;
            if (lazily is not null && loop is not null && LazyResult(loop, results, lazily) is { } result) lazy.Add(result, loop.Step());
            else fused.Add(loop is null ? step : Activated(loop.Ops == 1 ? step : loop.Step()));
        }
        fused.Reverse();
        return fused;
    }

    /// <summary>
    /// Which result a loop makes for the caller alone, if it may be computed after all steps: it reads only what the plan itself keeps, and no more than the
    /// caller's loop has room for.
    /// </summary>
    private int? LazyResult(Expression loop, IReadOnlyList<Tensor> results, LazyResults lazily)
    {
        Tensor made = loop.Root.Outputs[0];
        if (_makers.Uses(made.Storage) != 1 || loop.Leaves.Count > lazily.MostOperands || !loop.Leaves.All(leaf => _aliases.Of(leaf.Storage).IsPromised)) return null;
        for (int i = lazily.First; i < results.Count; i++)
        {
            if (results[i].Storage == made.Storage && results[i].Spec == made.Spec && results[i].Offset == 0 && made.Rank > 0) return i;
        }
        return null;
    }

    /// <summary>The step with as many of the ops that feed it as fit in one loop.</summary>
    private Expression Loop(PlanStep root, Predicate<Tensor>? mayRead = null)
    {
        Expression expression = new(root, _aliases);
        bool isGrowing = true;
        while (isGrowing)
        {
            isGrowing = false;
            foreach (Tensor operand in expression.Leaves)
            {
                if (Maker(operand, root) is not { } maker || !IsLane(maker) || !expression.CanTake(maker) || (mayRead is not null && !maker.Inputs.All(input => mayRead(input)))) continue;
                expression.Take(operand, maker);
                _absorbed.Add(maker);
                isGrowing = true;
                break;
            }
        }
        return expression;
    }

    /// <summary>A reduction to one number together with the loop that feeds it, if that reads everything in the order in which it would write.</summary>
    private ReducedStep? Reduced(PlanStep step)
    {
        if (step.Op is not IReduction || step.Outputs[0].Count != 1 || _makers.OnlyMaker(step.Inputs[0]) is not { } maker || !IsLane(maker)) return null;
        TensorSpec values = maker.Outputs[0].Spec;
        bool MayRead(Tensor leaf) => leaf.Spec == values || leaf.Count == 1;
        if (!values.IsDense || !maker.Inputs.All(MayRead)) return null;
        _absorbed.Add(maker);
        return new ReducedStep(step, Loop(maker, MayRead).Step());
    }

    /// <summary>The loop within the kernel that makes its only operand, if it can be there.</summary>
    private PlanStep Activated(PlanStep loop)
    {
        if ((loop is not FusedStep && !IsLane(loop)) || loop.Inputs.Count != 1 || Maker(loop.Inputs[0], loop) is not { Op: IActivated } maker || maker.Outputs.Count > 1 || maker.Outputs[0].Spec != loop.Outputs[0].Spec) return loop;
        ElementwiseExpression tree = loop is FusedStep fused ? fused.Compose(0) : ((IElementwise)loop.Op).Over([ElementwiseExpression.Operand(0)])!;
        _absorbed.Add(maker);
        return new ActivatedStep(maker, loop, tree);
    }

    /// <summary>The step that makes an operand for this one use alone, in the shape of the user's result.</summary>
    private PlanStep? Maker(Tensor operand, PlanStep user) => operand.Shape == user.Outputs[0].Shape ? _makers.OnlyMaker(operand) : null;

    /// <summary>Whether a step can be a part of a loop: its op has a lane function, and all numbers are of one floating-point type.</summary>
    private static bool IsLane(PlanStep step) =>
        step.Op is IElementwise op && step.Outputs[0].DType.IsFloat && step.Inputs.Count <= ElementwiseExpression.MaxOperands && step.Inputs.All(input => input.DType == step.Outputs[0].DType)
        && op.Over([.. Enumerable.Range(0, step.Inputs.Count).Select(ElementwiseExpression.Operand)]) is not null;

    /// <summary>A tree of ops over the tensors that they read.</summary>
    private sealed class Expression(PlanStep root, Aliases aliases)
    {
        private readonly Dictionary<Tensor, PlanStep> _taken = new(ReferenceEqualityComparer.Instance);
        private int _transcendental = Weight(root);

        public PlanStep Root => root;

        public int Ops => 1 + _taken.Count;

        /// <summary>What the loop reads, each tensor once.</summary>
        public List<Tensor> Leaves { get; private set; } = Distinct(root.Inputs, aliases);

        public bool CanTake(PlanStep maker) =>
            Ops < MostOps && _transcendental + Weight(maker) <= 1 && Leaves.Count - 1 + maker.Inputs.Count(input => !Leaves.Any(leaf => IsSame(leaf, input))) <= ElementwiseExpression.MaxOperands;

        public void Take(Tensor operand, PlanStep maker)
        {
            _taken.Add(operand, maker);
            _transcendental += Weight(maker);
            Leaves = Distinct(Leaves.Where(leaf => leaf != operand).Concat(maker.Inputs), aliases);
        }

        public FusedStep Step() => new(root, first => Tree(root, first), Formula(root), [.. _taken.Values, root], Leaves);

        private ElementwiseExpression Tree(PlanStep step, int first) => ((IElementwise)step.Op).Over([.. step.Inputs.Select(input => Tree(input, first))])!;

        private ElementwiseExpression Tree(Tensor tensor, int first) =>
            Taken(tensor) is { } step ? Tree(step, first) : ElementwiseExpression.Operand(first + Leaves.FindIndex(leaf => IsSame(leaf, tensor)));

        private string Formula(PlanStep step) => $"{step.Op.Name}({string.Join(", ", step.Inputs.Select(input => Taken(input) is { } maker ? Formula(maker) : "·"))})";

        private PlanStep? Taken(Tensor tensor) => _taken.FirstOrDefault(taken => IsSame(taken.Key, tensor)).Value;

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
