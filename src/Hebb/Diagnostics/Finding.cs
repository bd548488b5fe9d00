namespace Hebb.Diagnostics;

/// <summary>Something about a model that will probably hurt its training.</summary>
/// <param name="Layer">The layer's place in the model.</param>
/// <param name="Advice">What was found, what it does, and how to mend it.</param>
public sealed record Finding(string Layer, string Advice)
{
    /// <summary>The place and the advice in one line.</summary>
    public override string ToString() => $"{Layer}: {Advice}";
}
