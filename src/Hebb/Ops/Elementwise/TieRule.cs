namespace Hebb;

/// <summary>What a threshold unit says at exactly its threshold.</summary>
public enum TieRule
{
    /// <summary>It stays off: on only above the threshold.</summary>
    StrictGreater,

    /// <summary>It is on.</summary>
    GreaterOrEqual,
}
