namespace Hebb.Data;

/// <summary>
/// Samples that can be fetched by index: some inputs, and what belongs to them. Implementations are immutable, so that several threads may
/// fetch at the same time.
/// </summary>
public interface IDataset
{
    /// <summary>The number of samples.</summary>
    int Count { get; }

    /// <summary>The tensors of a sample: at least one input, and in most sets one target. The same objects at every call.</summary>
    IReadOnlyList<Field> Fields { get; }

    /// <summary>Writes some samples into the memory of a batch: <c>into.Input&lt;float&gt;(i)</c> is that of the i-th of them.</summary>
    /// <param name="samples">Indices from 0 to <see cref="Count"/> - 1, in any order, repetitions allowed.</param>
    /// <param name="into">
    /// Memory for the fields of each. Fields that are not wanted may be left out; see <see cref="BatchMemory.Wants"/>.
    /// </param>
    void Fill(ReadOnlySpan<int> samples, BatchMemory into);

    /// <summary>How long a sample is along the varying axis of a field; sets with such fields implement it.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="field">One of <see cref="Fields"/> with a <see cref="Field.VaryingAxis"/>.</param>
    int Length(int sample, Field field) =>
        throw new NotSupportedException(
            $"The field '{field.Name}' has samples of unequal lengths, but the data set does not say how long they are; implement Length.");
}
