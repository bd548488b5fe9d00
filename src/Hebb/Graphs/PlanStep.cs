namespace Hebb;

/// <summary>One op that a plan runs, on the promised tensors of its graph.</summary>
internal record PlanStep(IOp Op, IReadOnlyList<Tensor> Inputs, IReadOnlyList<Tensor> Outputs)
{
    /// <summary>What profiles and plans print.</summary>
    public virtual string Name => Op.Name;

    /// <summary>The steps of single ops that it stands for.</summary>
    public virtual IEnumerable<PlanStep> Parts => [this];

    /// <summary>Whether it changes something outside the graph.</summary>
    public bool IsEffect => Op is IEffect;

    /// <summary>The operands that it changes in place.</summary>
    public IEnumerable<Tensor> Written => Op is IEffect effect ? Inputs.Where((_, i) => effect.Writes(i)) : [];

    /// <summary>Whether its result may be written over an operand that lies as it does.</summary>
    public virtual bool IsElementwise => Op is IElementwise;

    /// <summary>How many elements it computes.</summary>
    public virtual int Elements => Outputs.Count > 0 ? Outputs[0].Count : 0;

    /// <summary>The kernel.</summary>
    public virtual Kernel Bind(IBackend backend, ref OpCall call) => backend.Bind(Op, ref call);

    /// <summary>Floating-point operations of one run.</summary>
    public virtual double Flops() => Op.Flops([.. Inputs.Select(input => input.Spec)], [.. Outputs.Select(output => output.Spec)]);
}
