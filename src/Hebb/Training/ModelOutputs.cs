using Hebb.Layers;

namespace Hebb.Training;

/// <summary>The outputs of a model as a list of tensors, values and masks one after the other, and back.</summary>
internal static class ModelOutputs
{
    /// <summary>Values and masks of the outputs.</summary>
    public static Tensor[] Tensors(IReadOnlyList<MaskedTensor> outputs) =>
        [.. outputs.SelectMany(output => (Tensor[])(output.Mask is null ? [output.Values] : [output.Values, output.Mask]))];

    /// <summary>Which outputs have masks.</summary>
    public static bool[] HaveMasks(IReadOnlyList<MaskedTensor> outputs) => [.. outputs.Select(output => output.Mask is not null)];

    /// <summary>Outputs out of their tensors.</summary>
    public static MaskedTensor[] Read(IReadOnlyList<bool> haveMasks, Func<int, Tensor> tensor)
    {
        MaskedTensor[] outputs = new MaskedTensor[haveMasks.Count];
        for (int i = 0, at = 0; i < outputs.Length; i++)
            outputs[i] = haveMasks[i] ? new MaskedTensor(tensor(at++), tensor(at++)) : tensor(at++);
        return outputs;
    }
}
