namespace Hebb.Kernels;

/// <summary>
/// A way to compute convolutions. Whether it suits may depend on sizes, layout, pass and element type only, since these decide the bits of
/// the results.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Name">A short name.</param>
/// <param name="Suits">Whether a pass of a convolution can be computed so.</param>
/// <param name="Plan">
/// Makes the plan of a problem that it suits: a <see cref="WeightGradientPlan{T}"/> for gradients of weights, otherwise a
/// <see cref="CorrelationPlan{T}"/>.
/// </param>
internal sealed record ConvAlgorithm<T>(string Name, ConvRule Suits, Func<ConvProblem, ConvPlan<T>> Plan) where T : unmanaged;

/// <summary>Whether a way to compute convolutions suits a pass of one.</summary>
internal delegate bool ConvRule(in ConvShape shape, ConvLayout layout, ConvPass pass);

/// <summary>All ways to compute convolutions.</summary>
internal static class ConvAlgorithms<T> where T : unmanaged
{
    /// <summary>In order of preference: the first that suits is taken. The last two suit all images of their layout.</summary>
    public static readonly ConvAlgorithm<T>[] All =
    [
        new("empty batch", EmptyBatch.Suits, p => p.IsWeightGradient ? new EmptyWeightGradient<T>(p) : new EmptyCorrelation<T>(p)),
        new("Winograd", Winograd.Suits<T>, p => p.IsWeightGradient ? new WinogradWeightPlan<T>(p) : new WinogradPlan<T>(p)),
        new("depthwise", DepthwisePlan<T>.Suits, p => p.IsWeightGradient ? new DepthwiseWeightPlan<T>(p) : new DepthwisePlan<T>(p)),
        new("row lanes", RowPlan<T>.Suits, p => new RowPlan<T>(p)),
        new("batch lanes", BatchPlan<T>.Suits, p => p.IsWeightGradient ? new BatchWeightPlan<T>(p) : new BatchPlan<T>(p)),
        new("channel lanes", ChannelPlan<T>.Suits, p => p.IsWeightGradient ? new ChannelWeightPlan<T>(p) : new ChannelPlan<T>(p)),
    ];

    /// <summary>The algorithm that computes a pass of a convolution.</summary>
    public static ConvAlgorithm<T> First(in ConvShape shape, ConvLayout layout, ConvPass pass)
    {
        foreach (ConvAlgorithm<T> algorithm in All)
            if (algorithm.Suits(shape, layout, pass)) return algorithm;
        throw new ArgumentOutOfRangeException(nameof(layout), $"There is no layout {layout}.");
    }
}
