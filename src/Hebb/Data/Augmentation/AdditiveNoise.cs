namespace Hebb.Data;

/// <summary>
/// x + ε with ε from N(0, std²) for each number alone, for samples of any shape: images, rows of tables, inputs of a regression.
/// </summary>
/// <param name="Std">The standard deviation, in the units of the numbers as the model gets them; 0.05 by default.</param>
public sealed record AdditiveNoise(double Std = 0.05) : IAugmentation
{
    /// <summary>The standard deviation.</summary>
    public double Std { get; } = Std >= 0 && double.IsFinite(Std) ? Std
        : throw new ArgumentOutOfRangeException(nameof(Std), $"Noise of the standard deviation {Std} was asked for; give 0 or more.");

    /// <inheritdoc/>
    public void Change(Span<float> sample, Shape shape, SampleRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        for (int i = 0; i < sample.Length; i++) sample[i] += (float)(Std * random.Normal());
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(AdditiveNoise), PrintMembers);
}
