namespace Hebb;

/// <summary>Elementwise ops that run as one loop: intermediate results stay in registers.</summary>
/// <param name="Last">The op whose result the loop gives.</param>
/// <param name="Compose">The function of the loop's inputs, which are numbered from a first one on.</param>
/// <param name="Formula">The function in words.</param>
/// <param name="Ops">The ops that it replaces.</param>
/// <param name="Operands">What the loop reads.</param>
internal sealed record FusedStep(
    PlanStep Last, Func<int, ElementwiseExpression> Compose, string Formula, IReadOnlyList<PlanStep> Ops, IReadOnlyList<Tensor> Operands)
    : PlanStep(Last.Op, Operands, Last.Outputs)
{
    public override string Name => Formula;

    public override Kernel Bind(IBackend backend, ref OpCall call) => backend.Bind(Compose(0), ref call);

    public override double Flops() => (double)Ops.Count * Outputs[0].Count;

    public override IEnumerable<PlanStep> Parts => Ops;
}

/// <summary>An op whose kernel applies elementwise ops to its result before it stores it.</summary>
/// <param name="First">The op.</param>
/// <param name="Activation">What is applied.</param>
/// <param name="Tree">The function of the op's result and of one more operand, if there is one.</param>
/// <param name="Others">That operand, or nothing.</param>
/// <param name="Formula">All of it in words.</param>
internal sealed record ActivatedStep(
    PlanStep First, PlanStep Activation, ElementwiseExpression Tree, IReadOnlyList<Tensor> Others, string Formula)
    : PlanStep(First.Op, [.. First.Inputs, .. Others], [Activation.Outputs[0], .. First.Outputs.Skip(1)])
{
    public override string Name => Formula;

    public override Kernel Bind(IBackend backend, ref OpCall call) =>
        backend.Bind((IActivated)Op, Tree, Others.Count > 0, ref call);

    public override double Flops() => First.Flops() + Activation.Flops();

    public override IEnumerable<PlanStep> Parts => [.. First.Parts, .. Activation.Parts];
}

/// <summary>A step one of whose operands is computed in the step's own loop, so that its values stand in no memory.</summary>
/// <param name="User">The step with all operands in memory.</param>
/// <param name="Op">The op with an expression in the operand's place.</param>
/// <param name="Inputs">The operands that are left, and then those of the expression.</param>
/// <param name="Values">What computes the operand.</param>
internal sealed record FedStep(PlanStep User, IOp Op, IReadOnlyList<Tensor> Inputs, FusedStep Values) : PlanStep(Op, Inputs, User.Outputs)
{
    public override string Name => $"{User.Name}({Values.Formula})";

    public override int Elements => Values.Elements;

    public override double Flops() => User.Flops() + Values.Flops();

    public override IEnumerable<PlanStep> Parts => [.. Values.Parts, User];
}
