namespace Hebb.Optim;

/// <summary>
/// η(t) = LearningRate · Factor^(number of milestones ≤ t): the learning rate is multiplied by the factor at chosen steps.
/// </summary>
/// <param name="LearningRate">The first learning rate.</param>
/// <param name="Milestones">The steps at which it falls, in rising order.</param>
/// <param name="Factor">What the learning rate is multiplied by at each; 0.1 by default.</param>
public sealed record MilestoneDecay(double LearningRate, IReadOnlyList<long> Milestones, double Factor = 0.1) : ISchedule
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; } = Argument.AtLeast(LearningRate, 0);

    /// <summary>What the learning rate is multiplied by.</summary>
    public double Factor { get; } = Argument.AtLeast(Factor, 0);

    /// <summary>The steps at which the learning rate falls.</summary>
    public IReadOnlyList<long> Milestones { get; } = IsRising(Milestones) ? [.. Milestones]
        : throw new ArgumentException(
            $"The milestones {InvariantText.Join(", ", Milestones)} were given; give steps from 0 on in rising order.", nameof(Milestones));

    /// <inheritdoc/>
    public double At(long step)
    {
        Argument.AtLeast(step, 0);
        int passed = 0;
        while (passed < Milestones.Count && Milestones[passed] <= step) passed++;
        return LearningRate * Power.Of(Factor, passed);
    }

    /// <summary>Whether learning rates, factors and all milestones are equal.</summary>
    public bool Equals(MilestoneDecay? other) =>
        other is not null && LearningRate == other.LearningRate && Factor == other.Factor && Milestones.SequenceEqual(other.Milestones);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LearningRate, Factor, Milestones.Count);

    private static bool IsRising(IReadOnlyList<long> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] <= (i == 0 ? -1 : steps[i - 1])) return false;
        }
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(MilestoneDecay), PrintMembers);
}
