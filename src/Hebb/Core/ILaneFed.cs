namespace Hebb;

/// <summary>
/// An op one of whose operands may be an expression that is computed inside the op's own loop, so that its values stand in no memory: a
/// reduction to one number, or an effect that changes something element by element.
/// </summary>
internal interface ILaneFed : IOp
{
    /// <summary>Which operand may be an expression.</summary>
    int Fed { get; }

    /// <summary>How many operands the expression may have.</summary>
    int Room { get; }

    /// <summary>Whether an expression with values of this type, shape and layout may take the operand's place.</summary>
    bool CanTake(in TensorSpec values);

    /// <summary>Whether the expression may have an operand of this type, shape and layout.</summary>
    bool CanRead(in TensorSpec operand, in TensorSpec values);

    /// <summary>
    /// The op with an expression in the operand's place. Its operands are those of this op without that one, and then the expression's.
    /// </summary>
    /// <param name="values">From the number of the first operand in the op's loop to the expression.</param>
    /// <param name="spec">Type, shape and layout of the values.</param>
    IOp Over(Func<int, ElementwiseExpression> values, in TensorSpec spec);
}
