namespace Hebb.Data;

/// <summary>
/// The order in which the samples of a data set are visited. An order is a function of the epoch's number alone, so that training resumes
/// in the middle of an epoch from two numbers, the epoch and the batch.
/// </summary>
public interface ISampler
{
    /// <summary>How many samples an epoch visits.</summary>
    int Count { get; }

    /// <summary>Writes the samples of an epoch in the order of their visit.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="order">Receives <see cref="Count"/> indices.</param>
    void Fill(int epoch, Span<int> order);
}
