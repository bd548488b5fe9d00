namespace Hebb;

/// <summary>The public spelling of the ops, as methods and operators of <see cref="Tensor"/>; each op's file adds its own.</summary>
public static partial class TensorOps;
