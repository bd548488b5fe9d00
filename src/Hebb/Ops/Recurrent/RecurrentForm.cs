namespace Hebb.Ops;

/// <summary>What a recurrence is given beside its drives and weights, and what it keeps.</summary>
/// <param name="Directions">1, or 2 where the second one reads each sequence from its end.</param>
/// <param name="HasBias">Whether the product of the last gate has a bias.</param>
/// <param name="HasStates">Whether first states are given; otherwise they are 0.</param>
/// <param name="HasLengths">Whether sequences have lengths; otherwise each has all steps.</param>
/// <param name="Keeps">Whether a last result keeps what the gradient reads.</param>
internal readonly record struct RecurrentForm(int Directions, bool HasBias, bool HasStates, bool HasLengths, bool Keeps)
{
    /// <summary>The places of operands; -1 for those there are none of.</summary>
    public RecurrentOperands Operands(bool hasCell)
    {
        int next = 2;
        int bias = HasBias ? next++ : -1, firstH = HasStates ? next++ : -1, firstC = HasStates && hasCell ? next++ : -1;
        return new(bias, firstH, firstC, HasLengths ? next++ : -1, next);
    }
}

/// <summary>Where a recurrence finds its operands after the drives and the weights; -1 for none.</summary>
internal readonly record struct RecurrentOperands(int Bias, int FirstH, int FirstC, int Lengths, int Count);
