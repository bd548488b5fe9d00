namespace Hebb;

/// <summary>Which results of a plan its caller takes as expressions, where they are elementwise, and computes in a loop of its own.</summary>
/// <param name="First">The first such result; all later ones are.</param>
/// <param name="FirstOperand">Which input of the caller's loop is the expression's first operand.</param>
/// <param name="MostOperands">For how many the loop has room.</param>
internal sealed record LazyResults(int First, int FirstOperand, int MostOperands);
