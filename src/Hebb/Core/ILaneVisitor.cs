using Hebb.Kernels;

namespace Hebb;

/// <summary>Does something with an expression whose type only the tree knows.</summary>
internal interface ILaneVisitor
{
    void Visit<E>(E expression) where E : struct, ILaneExpression;
}
