namespace Hebb;

/// <summary>An op that reduces all elements of a tensor to one number, or can: such a reduction may be fed by an expression whose values stand in no memory.</summary>
public interface IReduction : IOp
{
    /// <summary>
    /// The reduction of an expression's values to one number, as something to run again and again. Each operand lies as the values would, densely, or is a
    /// single number.
    /// </summary>
    /// <param name="tree">The expression.</param>
    /// <param name="operands">What it is computed from.</param>
    /// <param name="count">How many values there are.</param>
    /// <param name="output">A tensor of one element.</param>
    Action BindOver(LaneTree tree, Tensor[] operands, int count, Tensor output);
}
