namespace Hebb.Data;

/// <summary>Why a value is no input: what was found, what was expected, how to mend it. Who knows the place makes the sentence.</summary>
internal sealed record Misfit(string Found, string Expected, string Mend);
