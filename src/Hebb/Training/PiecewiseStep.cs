using Hebb.Layers;

namespace Hebb.Training;

/// <summary>
/// Loss and gradients of a batch that goes through the model in pieces, one after the other: the intermediate results of one piece are gone before the next begins, so
/// that a batch needs the memory of a piece. Pieces count by their samples, so that the gradient is that of the whole batch where samples do not meet, as they do in
/// batch normalisation.
/// </summary>
internal static class Accumulation
{
    /// <summary>What the loss gave, its first value the loss of the batch and the others joined along the batch, and the gradient of each parameter that it reaches.</summary>
    /// <param name="batch">The tensors of a batch, with the samples along axis 0.</param>
    /// <param name="pieces">Into how many pieces it is cut, as equal as can be.</param>
    /// <param name="loss">From the tensors of a piece the mean loss, and after it any other tensors with the samples along axis 0.</param>
    /// <param name="learning">The parameters.</param>
    public static (IReadOnlyList<Tensor> Values, Tensor?[] Gradients) Run(
        IReadOnlyList<Tensor> batch, int pieces, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> loss, Parameter[] learning)
    {
        if (pieces == 1)
        {
            IReadOnlyList<Tensor> all = loss(batch);
            return (all, BackwardPass.Run([all[0]], [null], learning, retainGraph: false, createGraph: false));
        }
        int samples = batch[0].Rank == 0 ? 0 : batch[0].Shape[0];
        if (samples < pieces) pieces = Math.Max(1, samples);
        List<Tensor>[] values = [];
        Tensor?[] gradients = new Tensor?[learning.Length];
        for (int i = 0, start = 0; i < pieces; i++)
        {
            int size = samples / pieces + (i < samples % pieces ? 1 : 0), from = start;
            IReadOnlyList<Tensor> found = loss([.. batch.Select(tensor => tensor.Narrow(0, from, size).Contiguous())]);
            Tensor share = found[0] * ((double)size / samples);
            Tensor?[] some = BackwardPass.Run([share], [null], learning, retainGraph: false, createGraph: false);
            using (new NoGrad())
            {
                for (int j = 0; j < some.Length; j++) gradients[j] = gradients[j] is { } sum && some[j] is { } more ? sum + more : gradients[j] ?? some[j];
            }
            if (i == 0) values = [.. found.Select(_ => new List<Tensor>())];
            for (int j = 0; j < found.Count; j++) values[j].Add((j == 0 ? share : found[j]).Detach());
            start += size;
        }
        using (new NoGrad())
        {
            return ([.. values.Select((parts, j) => j == 0 ? parts.Aggregate((a, b) => a + b) : Tensor.Concat(parts.ToArray(), 0))], gradients);
        }
    }
}
