namespace Hebb.Layers;

/// <summary>The parameters of one direction of one layer.</summary>
/// <param name="Input">weight_ih [G·H, I].</param>
/// <param name="Recurrent">weight_hh [G·H, H].</param>
/// <param name="InputBias">bias_ih [G·H]; null without biases.</param>
/// <param name="RecurrentBias">bias_hh [G·H]; null without biases.</param>
internal sealed record RecurrentWeights(Parameter Input, Parameter Recurrent, Parameter? InputBias, Parameter? RecurrentBias);
