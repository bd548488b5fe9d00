namespace Hebb.Kernels;

/// <summary>
/// Rows of gap-free memory that are normalized one by one. Samples hold <paramref name="Groups"/> rows each, a row holds
/// <paramref name="Channels"/> channels, and a channel is a run of <paramref name="RunLength"/> numbers with a γ and a β of its own.
/// </summary>
/// <param name="Samples">How many samples.</param>
/// <param name="Groups">Rows of a sample; 1 for layer normalization.</param>
/// <param name="Channels">Channels of a row.</param>
/// <param name="RunLength">Numbers of a channel; 1 where each number of a row has its own γ and β.</param>
internal readonly record struct RowGrid(int Samples, int Groups, int Channels, int RunLength)
{
    /// <summary>How many rows are normalized.</summary>
    public int Rows => checked(Samples * Groups);

    /// <summary>Numbers of a row.</summary>
    public int RowLength => checked(Channels * RunLength);

    /// <summary>How many numbers γ has, and β.</summary>
    public int Parameters => checked(Groups * Channels);

    /// <summary>Numbers of all rows.</summary>
    public long Length => (long)Samples * Groups * Channels * RunLength;

    internal void Check(string name, int length, long expected)
    {
        if (length != expected)
            throw new ArgumentException(
                $"{name} has {length} numbers, but {Rows} rows of {Channels} channels of {RunLength} need {expected}; pass as many.");
    }
}
