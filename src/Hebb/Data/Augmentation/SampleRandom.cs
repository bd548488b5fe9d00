namespace Hebb.Data;

/// <summary>The random numbers of one sample in one epoch. They are the same on every machine.</summary>
public sealed class SampleRandom
{
    private RandomStream _stream;

    /// <summary>The numbers of a place in an epoch.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The epoch.</param>
    /// <param name="place">The place of the sample in the epoch's order.</param>
    public SampleRandom(ulong seed, int epoch, int place)
    {
        Argument.AtLeast(epoch, 0);
        Argument.AtLeast(place, 0);
        // Each epoch has a key of its own: multiples of an odd number never meet.
        _stream = new RandomStream(seed + 0x9E3779B97F4A7C15UL * (ulong)(epoch + 1L), RngStreams.Augmentation, (ulong)place);
    }

    /// <summary>Uniform on [low, high); on [0, 1) by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or high is below low.</exception>
    public double Uniform(double low = 0, double high = 1)
    {
        Argument.Range(low, high);
        return _stream.Uniform(low, high);
    }

    /// <summary>Normal with mean 0 and standard deviation 1.</summary>
    public double Normal() => _stream.Normal();

    /// <summary>Whether something with a probability happens.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
    public bool Chance(double probability) => _stream.NextDouble() < Argument.Within(probability, 0, 1);

    /// <summary>A whole number from low to high, both included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">high is below low.</exception>
    public int Whole(int low, int high) =>
        (int)(low + (long)(_stream.NextDouble() * (Argument.AtLeast(high, low) - (double)low + 1)));
}
