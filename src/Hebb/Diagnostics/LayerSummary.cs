namespace Hebb.Diagnostics;

/// <summary>One layer of a model, as a look at one batch found it.</summary>
/// <param name="Name">Its place in the model.</param>
/// <param name="Layer">What it prints of itself.</param>
/// <param name="Output">The shape of its result, the batch first.</param>
/// <param name="Parameters">Numbers that training changes, not counting shared ones again.</param>
/// <param name="ReceptiveField">How many input rows one row of the result sees; 0 where layers do not slide.</param>
/// <param name="Flops">Floating-point operations of the forward pass over the batch, a multiply-add counted as two.</param>
/// <param name="Bytes">Memory of the results that the layer makes over the batch.</param>
public sealed record LayerSummary(string Name, string Layer, Shape Output, long Parameters, int ReceptiveField, double Flops, long Bytes);
