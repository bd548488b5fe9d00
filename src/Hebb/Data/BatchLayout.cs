namespace Hebb.Data;

/// <summary>Which tensors make a batch: their names and roles, in order. One object describes all batches of a loader.</summary>
internal sealed class BatchLayout
{
    private static readonly BatchLayout[] s_plain = [.. Enumerable.Range(0, 9).Select(MakePlain)];

    private readonly int[] _masks;

    public BatchLayout(IReadOnlyList<BatchPart> parts)
    {
        string? twice = parts.GroupBy(part => part.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null) throw new ArgumentException($"Two tensors of a batch have the name '{twice}'; give each a name of its own.");
        Parts = parts;
        Inputs = Places(FieldRole.Input);
        Targets = Places(FieldRole.Target);
        Weights = Places(FieldRole.SampleWeight) is [int only, ..] ? only : null;
        RequireOwners(FieldRole.Mask, MaskEnding);
        RequireOwners(FieldRole.Lengths, LengthsEnding);
        _masks = [.. parts.Select(part => IndexOf(part.Name + MaskEnding))];
    }

    /// <summary>What the name of a field's mask ends with.</summary>
    public const string MaskEnding = ".mask";

    /// <summary>What the name of a field's lengths ends with.</summary>
    public const string LengthsEnding = ".lengths";

    /// <summary>The tensors.</summary>
    public IReadOnlyList<BatchPart> Parts { get; }

    /// <summary>The places of the inputs.</summary>
    public int[] Inputs { get; }

    /// <summary>The places of the targets.</summary>
    public int[] Targets { get; }

    /// <summary>The place of the weights of samples; null if there are none.</summary>
    public int? Weights { get; }

    /// <summary>The place of the mask of a tensor; -1 if it has none.</summary>
    public int MaskOf(int place) => _masks[place];

    /// <summary>The place of a tensor by its name; -1 if there is none.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].Name == name) return i;
        }
        return -1;
    }

    /// <summary>Whether names and roles are the same.</summary>
    public bool IsLike(BatchLayout other) => this == other || Parts.SequenceEqual(other.Parts);

    /// <summary>So many tensors without names: an input, a target, and whatever follows.</summary>
    public static BatchLayout Plain(int count) => count < s_plain.Length ? s_plain[count] : MakePlain(count);

    private static BatchLayout MakePlain(int count) => new([.. Enumerable.Range(0, count).Select(i => i switch
    {
        0 => new BatchPart(Field.InputName, FieldRole.Input),
        1 => new BatchPart(Field.TargetName, FieldRole.Target),
        _ => new BatchPart($"tensor {i}", FieldRole.Input),
    })]);

    /// <summary>A mask or lengths without a tensor would be ignored.</summary>
    private void RequireOwners(FieldRole role, string ending)
    {
        foreach (BatchPart part in Parts)
        {
            if (part.Role != role) continue;
            if (part.Name.EndsWith(ending, StringComparison.Ordinal) && IndexOf(part.Name[..^ending.Length]) >= 0) continue;
            throw new ArgumentException($"The tensor '{part.Name}' of a batch has the role {role}, but its name does not say of which "
                + $"other tensor; call that of the tensor NAME 'NAME{ending}', such as '{Field.InputName}{ending}'.");
        }
    }

    private int[] Places(FieldRole role) => [.. Enumerable.Range(0, Parts.Count).Where(i => Parts[i].Role == role)];
}

/// <summary>The name and the role of a tensor of a batch.</summary>
internal readonly record struct BatchPart(string Name, FieldRole Role);
