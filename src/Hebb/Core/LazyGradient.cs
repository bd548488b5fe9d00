using Hebb.Kernels;

namespace Hebb;

/// <summary>A gradient that is computed where it is used, element by element, and never stands in memory.</summary>
/// <param name="Tree">The function; its operands are numbered from the first free input of the loop that uses it.</param>
/// <param name="Operands">What it is computed from.</param>
internal sealed record LazyGradient(ElementwiseExpression Tree, Tensor[] Operands);

/// <summary>Does something with an expression whose type only the tree knows.</summary>
internal interface ILaneVisitor
{
    void Visit<E>(E expression) where E : struct, ILaneExpression;
}
