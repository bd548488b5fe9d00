using Hebb.Files;

namespace Hebb.Layers;

public abstract partial class Module
{
    /// <summary>
    /// Writes parameters and state to a safetensors file, in one step: a failed write leaves the old file. The bytes are a function of the
    /// values and the notes alone.
    /// </summary>
    /// <param name="path">The file to create or to replace.</param>
    /// <param name="notes">Free text by key, which the file carries along.</param>
    /// <exception cref="ArgumentException">A name or a note occurs twice or is no valid Unicode; the old file stays.</exception>
    public void Save(string path, IEnumerable<KeyValuePair<string, string>>? notes = null) =>
        Safetensors.Write(path, StateDict().Select(pair => KeyValuePair.Create(pair.Key, TensorArrays.From(pair.Value))), notes);

    /// <summary>
    /// Reads parameters and state from a safetensors file; see <see cref="LoadStateDict"/>. Half precision and small whole numbers become
    /// float32 and int64 first, exactly (<see cref="TensorArrays"/>).
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="strict">
    /// Whether every name must find its counterpart; otherwise what fits is copied, and the report says what does not.
    /// </param>
    /// <exception cref="FormatException">The file is no safetensors file; the message names the place.</exception>
    /// <exception cref="ArgumentException">A strict load found names without counterpart; nothing is changed then.</exception>
    public LoadReport Load(string path, bool strict = true) => Load(path, strict, hash: null);

    /// <summary>The same, and the hash of the file's bytes on the way.</summary>
    internal LoadReport Load(string path, bool strict, Sha256? hash) =>
        LoadStateDict(Safetensors.Read(path, hash).Arrays.ToDictionary(pair => pair.Key, pair => pair.Value.ToTensor()), strict);
}
