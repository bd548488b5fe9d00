using System.Runtime.InteropServices;

namespace Hebb.Data;

/// <summary>
/// Memory for the samples of one field. Samples stand in the tensor itself where each is one piece of it; otherwise, where they become
/// doubles or vary along an axis that is not their first, they are written beside it and moved in at the end.
/// </summary>
internal sealed class FieldMemory
{
    private readonly Tensor? _tensor;
    private readonly byte[]? _beside;
    private readonly int[]? _starts; // of the samples, in elements, one entry more than samples; null if each is as long

    private FieldMemory(Field field, Tensor? tensor, int[]? lengths, byte[]? beside, int[]? starts) =>
        (Field, _tensor, Lengths, _beside, _starts) = (field, tensor, lengths, beside, starts);

    /// <summary>What is filled.</summary>
    public Field Field { get; }

    /// <summary>How long each sample is along the varying axis; null if none varies.</summary>
    public int[]? Lengths { get; }

    /// <summary>Whether what is written is kept.</summary>
    public bool IsWanted => _tensor is not null;

    /// <summary>Memory in a tensor for some samples.</summary>
    public static FieldMemory Of(Field field, IDataset data, ReadOnlySpan<int> samples, DType dtype, IReadOnlyList<int> buckets)
    {
        int[]? lengths = LengthsOf(field, data, samples);
        Shape shape = field.Shape;
        if (field.VaryingAxis is { } axis) shape = shape.With(axis, Padded(lengths!, buckets));
        TensorSpec spec = new(field.DType == DType.Float32 ? dtype : field.DType, shape.Insert(0, samples.Length));
        Tensor tensor = lengths is not null && lengths.AsSpan().ContainsAnyExcept(shape[field.VaryingAxis!.Value])
            ? Tensor.Full(spec.Shape, field.Padding, spec.DType) : new Tensor(spec);
        if (spec.DType == field.DType && field.VaryingAxis is null or 0) return new FieldMemory(field, tensor, lengths, null, null);
        int[]? starts = lengths is null ? null : Starts(lengths, Step(field));
        int all = starts is null ? tensor.Count : starts[^1];
        return new FieldMemory(field, tensor, lengths, Arrays.Of<byte>(all, field.DType.Size), starts);
    }

    /// <summary>Memory that every sample writes to, for a field that is not wanted.</summary>
    public static FieldMemory Scratch(Field field, IDataset data, ReadOnlySpan<int> samples)
    {
        int[]? lengths = LengthsOf(field, data, samples);
        return new FieldMemory(field, null, lengths,
            Arrays.Of<byte>(lengths is null ? field.Shape.Count : lengths.DefaultIfEmpty(0).Max() * Step(field), field.DType.Size), null);
    }

    /// <summary>The memory of a sample.</summary>
    public Span<T> Span<T>(int place) where T : unmanaged
    {
        RequireType<T>();
        if (_tensor is null) return Beside<T>(0, Count(place));
        return _beside is null ? _tensor.Span<T>().Slice(Start(place), Count(place)) : Beside<T>(Start(place), Count(place));
    }

    /// <summary>The shape of a sample.</summary>
    public Shape Shape(int place) => Lengths is null ? Field.Shape : Field.Shape.With(Field.VaryingAxis!.Value, Lengths[place]);

    /// <summary>The tensor with all that was written.</summary>
    public Tensor Finish()
    {
        if (_beside is null || _tensor!.Count == 0) return _tensor!;
        int samples = _tensor.Shape[0], outer = 1;
        for (int i = 0; i < (Field.VaryingAxis ?? 0); i++) outer *= Field.Shape[i];
        for (int place = 0; place < samples; place++)
        {
            int run = Count(place) / outer, row = _tensor.Count / (samples * outer);
            for (int i = 0; i < outer; i++) Move(Start(place) + i * run, (place * outer + i) * row, run);
        }
        return _tensor;
    }

    /// <summary>How long each sample is, int64 [samples], and which steps count, bool [samples, steps].</summary>
    public Tensor[] LengthsAndMask()
    {
        int steps = _tensor!.Shape[Field.VaryingAxis!.Value + 1];
        bool[] mask = new bool[Lengths!.Length * steps];
        for (int i = 0; i < Lengths.Length; i++) mask.AsSpan(i * steps, Lengths[i]).Fill(true);
        return [Tensor.From(Array.ConvertAll(Lengths, length => (long)length), [Lengths.Length]),
            Tensor.From(mask, [Lengths.Length, steps])];
    }

    /// <summary>Refuses elements of another type than the field's.</summary>
    public void RequireType<T>() where T : unmanaged
    {
        if (DTypes.Of<T>() != Field.DType)
            throw new InvalidOperationException(
                $"The field '{Field.Name}' has {Field.DType.Name} elements, but {DTypes.Of<T>().Name} was asked of it; "
                + $"ask for {Field.DType.Name}.");
    }

    private void Move(int from, int to, int count)
    {
        switch (Field.DType)
        {
            case DType.Float32 when _tensor!.DType == DType.Float64: Widen(Beside<float>(from, count), _tensor.Span<double>()[to..]); break;
            case DType.Float32: Beside<float>(from, count).CopyTo(_tensor!.Span<float>()[to..]); break;
            case DType.Float64: Beside<double>(from, count).CopyTo(_tensor!.Span<double>()[to..]); break;
            case DType.Int64: Beside<long>(from, count).CopyTo(_tensor!.Span<long>()[to..]); break;
            default: Beside<bool>(from, count).CopyTo(_tensor!.Span<bool>()[to..]); break;
        }
    }

    private Span<T> Beside<T>(int from, int count) where T : unmanaged => MemoryMarshal.Cast<byte, T>(_beside.AsSpan()).Slice(from, count);

    private static void Widen(ReadOnlySpan<float> from, Span<double> to)
    {
        for (int i = 0; i < from.Length; i++) to[i] = from[i];
    }

    private int Count(int place) => Lengths is null ? Field.Shape.Count : Lengths[place] * Step(Field);

    private int Start(int place) =>
        _starts is not null ? _starts[place]
            : place * (Lengths is null ? Field.Shape.Count : _tensor!.Count / Math.Max(1, _tensor.Shape[0]));

    private static int[]? LengthsOf(Field field, IDataset data, ReadOnlySpan<int> samples)
    {
        if (field.VaryingAxis is not { } axis) return null;
        int[] lengths = new int[samples.Length];
        for (int i = 0; i < lengths.Length; i++)
        {
            lengths[i] = data.Length(samples[i], field);
            if (lengths[i] < 0 || lengths[i] > field.Shape[axis])
                throw new InvalidDataException(
                    $"Sample {samples[i]} is {lengths[i]} long in the field {field}, whose longest is {field.Shape[axis]}; "
                    + "correct Length, or declare a longer field.");
        }
        return lengths;
    }

    /// <summary>The smallest bucket that holds all; the longest itself if none does.</summary>
    private static int Padded(int[] lengths, IReadOnlyList<int> buckets)
    {
        int longest = lengths.DefaultIfEmpty(0).Max();
        foreach (int bucket in buckets)
        {
            if (bucket >= longest) return bucket;
        }
        return Math.Max(1, longest);
    }

    /// <summary>How many elements stand at one place of the varying axis.</summary>
    private static int Step(Field field) => field.Shape.Count / Math.Max(1, field.Shape[field.VaryingAxis!.Value]);

    private static int[] Starts(int[] lengths, int step)
    {
        int[] starts = new int[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++) starts[i + 1] = starts[i] + lengths[i] * step;
        return starts;
    }
}
