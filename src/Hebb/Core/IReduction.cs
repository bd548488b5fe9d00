namespace Hebb;

/// <summary>An op that reduces all elements of a tensor to one number, or can: such a reduction may be fed by an expression whose values stand in no memory.</summary>
public interface IReduction : IOp
{
    /// <summary>
    /// The kernel of the reduction of an expression's values to one number. Each operand of the expression lies as the values would, densely, or is a single number.
    /// </summary>
    /// <param name="values">The expression.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="call">The operands of the expression, and a result of one element.</param>
    Kernel BindOver(ElementwiseExpression values, int count, ref OpCall call);
}
