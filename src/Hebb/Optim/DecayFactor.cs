using System.Runtime.CompilerServices;

namespace Hebb.Optim;

/// <summary>The part of a running average that stays at each step.</summary>
internal static class DecayFactor
{
    /// <summary>The part itself, from 0 to below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is outside.</exception>
    public static double Checked(double part, string what, string rule, [CallerArgumentExpression(nameof(part))] string? name = null) =>
        part is >= 0 and < 1
            ? part
            : throw new ArgumentOutOfRangeException(name, $"A {what} of {part} was given to {rule}; give one from 0 to below 1.");
}
