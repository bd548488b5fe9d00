namespace Hebb;

/// <summary>
/// What may be done to a graph before it runs. None of it changes a bit of a result; each can be switched off to look for an error.
/// </summary>
[Flags]
public enum GraphPasses
{
    /// <summary>Every op runs as it was recorded.</summary>
    None = 0,

    /// <summary>Leaves out ops that neither a result nor an assignment needs.</summary>
    DeadSteps = 1,

    /// <summary>Computes once, before the first run, what depends on nothing but constants that the function made itself.</summary>
    Folding = 2,

    /// <summary>Computes the same op of the same operands once.</summary>
    CommonSteps = 4,

    /// <summary>Leaves out copies in the same layout and products with and quotients by one, whose results are their operands.</summary>
    Identities = 8,

    /// <summary>Lets an elementwise op write over an operand that nobody needs afterwards.</summary>
    InPlace = 16,

    /// <summary>
    /// Runs elementwise ops that feed each other in one loop, and in the kernel of the matrix product or convolution before them.
    /// </summary>
    LaneFusion = 32,

    /// <summary>Runs a batch normalization with given statistics in the kernel of the convolution before it.</summary>
    NormalizedConvolutions = 64,

    /// <summary>All of them.</summary>
    All = DeadSteps | Folding | CommonSteps | Identities | InPlace | LaneFusion | NormalizedConvolutions,
}
