namespace Hebb;

/// <summary>
/// An op without results that changes some of its operands in place. A plan runs effects when all else is computed, unless something reads
/// later what they change.
/// </summary>
internal interface IEffect : IOp
{
    /// <summary>Whether it changes an operand; it reads all of them.</summary>
    bool Writes(int operand);

    int IOp.OutputCount => 0;

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) { }

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => 0;

    void IOp.Grad(GradientFlow flow) { }
}

/// <summary>An effect that may run as one with others of its kind that follow it.</summary>
internal interface IJoinableEffect : IEffect
{
    /// <summary>Whether another effect is of the same kind.</summary>
    bool Joins(IEffect next);

    /// <summary>One effect for this one and those that follow it, whose operands are those of all in order.</summary>
    /// <param name="effects">This one and then the others.</param>
    /// <param name="operands">How many operands each has.</param>
    IEffect Join(IReadOnlyList<IEffect> effects, IReadOnlyList<int> operands);
}
