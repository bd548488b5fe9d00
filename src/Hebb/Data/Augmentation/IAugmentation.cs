namespace Hebb.Data;

/// <summary>
/// A random change of a training sample that keeps its label: a small turn, a shift, noise. <see cref="DataLoaderOptions.Augmentations"/>
/// are applied one after the other by the loader's threads, anew in every epoch; what they draw is a function of the seed, the epoch and
/// the sample's place in it alone.
/// </summary>
public interface IAugmentation
{
    /// <summary>Changes one sample in place. Several threads may call it at the same time.</summary>
    /// <param name="sample">The sample's numbers, row-major.</param>
    /// <param name="shape">Their shape, such as [channels, rows, columns].</param>
    /// <param name="random">What to draw from.</param>
    /// <exception cref="ShapeException">Such samples cannot be changed so.</exception>
    void Change(Span<float> sample, Shape shape, SampleRandom random);
}
