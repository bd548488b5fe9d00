namespace Hebb.Data;

/// <summary>
/// The memory of a batch for a data set to fill, field by field and sample by sample. What is written stands in the batch's tensors.
/// </summary>
public sealed class BatchMemory
{
    private readonly FieldMemory[] _fields;
    private readonly BatchLayout _layout;

    /// <param name="data">Whose fields are to be filled.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="dtype">The type of the tensors of fields that are float32.</param>
    /// <param name="buckets">Lengths up to which fields of varying length are padded, rising; none pads to the longest sample.</param>
    /// <param name="layout">The names of the tensors; null to make them.</param>
    /// <param name="only">The one field that is wanted; null if all are.</param>
    internal BatchMemory(
        IDataset data, ReadOnlySpan<int> samples, DType dtype = DType.Float32, IReadOnlyList<int>? buckets = null,
        BatchLayout? layout = null, Field? only = null)
    {
        foreach (int sample in samples)
        {
            if ((uint)sample >= (uint)data.Count)
                throw new ArgumentOutOfRangeException(
                    nameof(samples), $"Sample {sample} was asked of a set of {data.Count}; samples are counted from 0.");
        }
        _fields = new FieldMemory[data.Fields.Count];
        for (int i = 0; i < _fields.Length; i++)
        {
            Field field = data.Fields[i];
            _fields[i] = only is null || field == only ? FieldMemory.Of(field, data, samples, dtype, buckets ?? [])
                : FieldMemory.Scratch(field, data, samples);
        }
        _layout = layout ?? Layout(only is null ? data.Fields : [only]);
    }

    /// <summary>Whether a field is wanted. What is written to one that is not is forgotten, so a set may skip what costs time.</summary>
    /// <exception cref="ArgumentException">The set has no such field.</exception>
    public bool Wants(string field) => Find(field).IsWanted;

    /// <summary>The memory of a sample in a field, row-major, as long as the sample is.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="place">Which of the samples asked for, from 0.</param>
    /// <exception cref="InvalidOperationException">The field has elements of another type.</exception>
    /// <exception cref="ArgumentException">The set has no such field.</exception>
    public Span<T> Span<T>(string field, int place) where T : unmanaged => Find(field).Span<T>(place);

    /// <summary>The memory of a sample in the first input; see <see cref="Span{T}"/>.</summary>
    public Span<T> Input<T>(int place) where T : unmanaged => Find(FieldRole.Input).Span<T>(place);

    /// <summary>The memory of a sample in the first target; see <see cref="Span{T}"/>.</summary>
    public Span<T> Target<T>(int place) where T : unmanaged => Find(FieldRole.Target).Span<T>(place);

    /// <summary>The tensors that the batches of a set have: its fields, and lengths and masks of those that vary.</summary>
    internal static BatchLayout Layout(IReadOnlyList<Field> fields) => new(
    [
        .. fields.Select(field => new BatchPart(field.Name, field.Role)),
        .. fields.Where(field => field.VaryingAxis is not null).SelectMany(field => (BatchPart[])
            [new(field.Name + BatchLayout.LengthsEnding, FieldRole.Lengths), new(field.Name + BatchLayout.MaskEnding, FieldRole.Mask)]),
    ]);

    /// <summary>The batch, once all is filled.</summary>
    internal Batch Batch(ReadOnlyMemory<int> samples)
    {
        FieldMemory[] wanted = Array.FindAll(_fields, field => field.IsWanted);
        Tensor[] tensors =
        [
            .. wanted.Select(field => field.Finish()),
            .. wanted.Where(field => field.Lengths is not null).SelectMany(field => field.LengthsAndMask()),
        ];
        return new Batch(_layout, tensors, samples);
    }

    /// <summary>The shape of a sample of the first input.</summary>
    internal Shape InputShape(int place) => Find(FieldRole.Input).Shape(place);

    internal void RequireType<T>(string field) where T : unmanaged => Find(field).RequireType<T>();

    private FieldMemory Find(string name)
    {
        foreach (FieldMemory field in _fields)
        {
            if (field.Field.Name == name) return field;
        }
        throw new ArgumentException(
            $"A batch was asked for memory of the field '{name}', "
            + $"but the data set declares {string.Join(", ", _fields.Select(field => field.Field.Name))}.", nameof(name));
    }

    private FieldMemory Find(FieldRole role)
    {
        foreach (FieldMemory field in _fields)
        {
            if (field.Field.Role == role) return field;
        }
        throw new ArgumentException(
            $"A batch was asked for memory of a field with the role {role}, "
            + $"but the data set declares {string.Join(", ", _fields.Select(field => field.Field))}.", nameof(role));
    }
}
