using Hebb.Files;

namespace Hebb.Optim;

public sealed partial class Optimizer
{
    /// <summary>
    /// Writes the state to a safetensors file, in one step: a failed write leaves the old file. With the model's own file a training goes
    /// on later as if it had not stopped.
    /// </summary>
    /// <param name="path">The file to create or to replace.</param>
    public void Save(string path) =>
        Safetensors.Write(path, StateDict().Select(pair => KeyValuePair.Create(pair.Key, TensorArrays.From(pair.Value))));

    /// <summary>Reads the state from a safetensors file; see <see cref="LoadStateDict"/>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FormatException">The file is no safetensors file; the message names the place.</exception>
    /// <exception cref="ArgumentException">The state does not fit; nothing is changed then.</exception>
    public void Load(string path) =>
        LoadStateDict(Safetensors.Read(path).Arrays.ToDictionary(pair => pair.Key, pair => pair.Value.ToTensor()));
}
