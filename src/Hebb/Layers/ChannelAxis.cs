namespace Hebb.Layers;

/// <summary>Tells what to do with an input whose channels are not where a layer looks for them.</summary>
internal static class ChannelAxis
{
    /// <summary>The end of an error: the mend.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">How many axes of positions the layer takes.</param>
    /// <param name="channels">How many channels it takes, at axis 1; 0 for any.</param>
    public static string Mend(Tensor x, int axes, int channels)
    {
        if (x.Rank == axes + 1) return "put the axis of the batch in front with Unsqueeze(0)";
        bool isLast = x.Rank == axes + 2 && x.Shape[1] != channels && x.Shape[x.Rank - 1] == channels;
        if (isLast)
            return $"bring the channels to axis 1 with Permute(0, {axes + 1}, {InvariantText.Join(", ", Enumerable.Range(1, axes))})";
        return "give it as many channels, or build the layer for yours";
    }
}
