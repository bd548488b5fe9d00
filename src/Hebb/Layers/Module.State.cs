using System.Globalization;

namespace Hebb.Layers;

public abstract partial class Module
{
    /// <summary>
    /// Parameters and state by name, as they are saved; the names are those of PyTorch for the same network. The tensors are the module's
    /// own memory: clone them to keep them.
    /// </summary>
    public IReadOnlyDictionary<string, Tensor> StateDict()
    {
        OrderedDictionary<string, Tensor> state = [];
        HashSet<Tensor> seen = [];
        foreach ((string name, Tensor value) in AllState())
        {
            if (seen.Add(value)) state.Add(name, value.Detach());
        }
        return state;
    }

    /// <summary>
    /// Copies values by name into this module. Floating-point values are converted to the parameter's type.
    /// Open sizes are fixed by what arrives.
    /// </summary>
    /// <param name="state">Values by name, such as <see cref="StateDict"/> gives.</param>
    /// <param name="strict">
    /// Whether every name must find its counterpart; otherwise what fits is copied, and the report says what does not.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A strict load found names without counterpart, or a number is beyond the parameter's type; nothing is changed then.
    /// </exception>
    public LoadReport LoadStateDict(IReadOnlyDictionary<string, Tensor> state, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        List<string> missing = [], mismatched = [];
        List<(string Name, Tensor To, Tensor From)> copies = [];
        HashSet<string> known = [];
        HashSet<Tensor> found = [];
        foreach ((string name, Tensor to) in AllState())
        {
            known.Add(name);
            if (!state.TryGetValue(name, out Tensor? from)) continue;
            found.Add(to);
            if (Fits(from, to)) copies.Add((name, to, Narrowed(name, from, to.DType)));
            else mismatched.Add($"{name} ({from.Spec} for {to.Spec})");
        }
        foreach ((string name, Tensor to) in AllState())
        {
            if (found.Add(to)) missing.Add(name);
        }
        LoadReport report =
            new([.. copies.Select(copy => copy.Name)], missing, [.. state.Keys.Where(name => !known.Contains(name))], mismatched);
        if (strict && !report.IsComplete)
            throw new ArgumentException($"A state that was to be loaded into {Kind} does not fit it ({report}); "
                + (copies.Count == 0 ? "none of it fits, so give the state of such a model." : "strict: false copies what fits."),
                nameof(state));
        foreach ((_, Tensor to, Tensor from) in copies)
        {
            if (to is Parameter { IsOpen: true, WhenSized: { } fix }) fix(from.Shape);
            using (new NoGrad()) to.Assign(from);
        }
        return report;
    }

    /// <summary>Copies all parameters and state from a module of the same structure.</summary>
    /// <exception cref="ArgumentException">The modules have other names or shapes; nothing is changed then.</exception>
    public void CopyFrom(Module other)
    {
        ArgumentNullException.ThrowIfNull(other);
        LoadStateDict(other.StateDict());
    }

    /// <summary>
    /// A fresh module of the same configuration, with any start values; <see cref="ModuleCopies.Clone"/> copies the values into it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The type does not say how to make one.</exception>
    protected internal virtual Module New() =>
        throw new InvalidOperationException(
            $"{Kind} cannot be cloned, since it does not say how to make another; override New, or make a second one and call CopyFrom.");

    /// <summary>Parameters and state under every name they have, in the order of the modules.</summary>
    internal IEnumerable<(string Name, Tensor Value)> AllState() => NamedModules().SelectMany(part =>
        part.Value._parameters.Select(parameter => (Name: Join(part.Name, parameter.Name), Value: (Tensor)parameter.Value))
            .Concat(part.Value._state.Select(state => (Name: Join(part.Name, state.Name), state.Value))));

    /// <summary>Values in another floating-point type, which holds all of them.</summary>
    internal static Tensor Narrowed(string name, Tensor from, DType dtype)
    {
        Tensor to = from.Detach().Cast(dtype);
        if (to.DType == from.DType || to.DType != DType.Float32) return to;
        double[] values = from.Detach().ToArray<double>();
        float[] narrow = to.ToArray<float>();
        for (int i = 0; i < values.Length; i++)
        {
            if (double.IsFinite(values[i]) && !float.IsFinite(narrow[i]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{name}' holds {values[i]} at {i}, "
                    + $"but {dtype.Name} ends at 3.4e38; convert the module with To(DType.Float64), or scale the values."));
        }
        return to;
    }

    private static bool Fits(Tensor from, Tensor to)
    {
        if (from.DType != to.DType && !(from.DType.IsFloat && to.DType.IsFloat)) return false;
        if (from.Shape == to.Shape) return true;
        if (to is not Parameter { IsOpen: true, WhenSized: not null } || from.Rank != to.Rank) return false;
        for (int i = 0; i < to.Rank; i++)
        {
            if (to.Shape[i] != 0 && to.Shape[i] != from.Shape[i]) return false;
        }
        return true;
    }
}
