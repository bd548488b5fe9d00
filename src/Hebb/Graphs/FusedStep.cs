namespace Hebb;

/// <summary>Elementwise ops that run as one loop: intermediate results stay in registers.</summary>
internal sealed record FusedStep(PlanStep Last, LaneTree Tree, string Formula, int Ops, IReadOnlyList<Tensor> Operands) : PlanStep(Last.Op, Operands, Last.Outputs)
{
    public override string Name => Formula;

    public override Action Bind(Tensor[] inputs, Tensor[] outputs) => Tree.Bind(inputs, outputs[0]);

    public override double Flops() => (double)Ops * Outputs[0].Count;
}

/// <summary>An op whose kernel applies elementwise ops to its result before it stores it.</summary>
internal sealed record ActivatedStep(PlanStep First, PlanStep Activation, LaneTree Tree)
    : PlanStep(First.Op, First.Inputs, [Activation.Outputs[0], .. First.Outputs.Skip(1)])
{
    public override string Name => Activation is FusedStep ? Activation.Name.Replace("·", First.Name, StringComparison.Ordinal) : $"{Activation.Name}({First.Name})";

    public override Action Bind(Tensor[] inputs, Tensor[] outputs) => Tree.Bind((IActivated)Op, inputs, outputs);

    public override double Flops() => First.Flops() + Activation.Flops();
}
