namespace Hebb;

/// <summary>
/// Which memory stands for which: passes that find two results to be the same let one stand for both, and leave views as they are.
/// </summary>
internal sealed class Aliases
{
    private readonly Dictionary<Storage, Storage> _stands = [];

    /// <summary>Lets one memory stand for another of the same length.</summary>
    public void Add(Storage replaced, Storage by) => _stands.Add(replaced, Of(by));

    /// <summary>The memory that stands for this one.</summary>
    public Storage Of(Storage storage) => _stands.TryGetValue(storage, out Storage? other) ? Of(other) : storage;
}
