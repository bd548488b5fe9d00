namespace Hebb.Kernels;

/// <summary>
/// The sizes of a recurrent layer's pass over a batch of sequences. One direction reads each sequence from its start; a second one, if
/// there is one, reads it from its end.
/// </summary>
/// <param name="Rows">N, sequences of the batch.</param>
/// <param name="Steps">T, steps of the longest sequence.</param>
/// <param name="Directions">D, 1 or 2.</param>
/// <param name="Units">H, numbers of the state h.</param>
/// <param name="Gates">G, drives of a unit: 1 of a simple cell, 4 of an LSTM, 3 of a GRU.</param>
internal readonly record struct RecurrentShape(int Rows, int Steps, int Directions, int Units, int Gates)
{
    /// <summary>Numbers of all drives of one step and sequence, D·G·H.</summary>
    public long Drives => (long)Directions * Gates * Units;

    /// <summary>Numbers of the output of one step and sequence, D·H.</summary>
    public long Outputs => (long)Directions * Units;

    /// <summary>Numbers of the states of one kind, D·N·H.</summary>
    public long States => (long)Directions * Rows * Units;

    /// <summary>Numbers of the recurrent weights, D·G·H·H.</summary>
    public long Weights => Drives * Units;

    /// <summary>Steps of all sequences, N·T.</summary>
    public long Places => (long)Rows * Steps;

    /// <summary>Groups of units that are worked on together: a panel of weights holds one group's columns.</summary>
    public int Groups<T>() where T : unmanaged => (Units + GemmRules.Panel<T>() - 1) / GemmRules.Panel<T>();

    /// <summary>Numbers that a cell keeps for its gradient, so many of each unit and step.</summary>
    public long Kept<T>(int each) where T : unmanaged => Places * Directions * Groups<T>() * GemmRules.Panel<T>() * each;

    /// <summary>Refuses sizes that are negative, or numbers of a span that are not as many as the sizes say.</summary>
    /// <exception cref="ArgumentException">A size or length does not fit.</exception>
    public void Check()
    {
        if (Rows < 0 || Steps < 0 || Directions is < 1 or > 2 || Units < 1 || Gates < 1)
        {
            throw new ArgumentException(
                $"The pass has sizes {this}; rows and steps must be 0 or more, directions 1 or 2, units and gates 1 or more.");
        }
    }

    /// <summary>Refuses a span of another length.</summary>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public void Check(string name, int length, long expected, bool mayBeEmpty = false)
    {
        if (length == expected || (mayBeEmpty && length == 0)) return;
        throw new ArgumentException($"'{name}' holds {length} numbers; a pass with {this} needs {expected}.");
    }
}
