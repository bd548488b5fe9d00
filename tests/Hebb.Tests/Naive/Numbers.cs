namespace Hebb.Tests.Naive;

/// <summary>
/// The elements of a tensor in row-major order: as long where they are whole numbers, else as double; truth values are 0 and 1.
/// </summary>
internal sealed class Numbers(in TensorSpec spec)
{
    private readonly TensorSpec _spec = spec;
    private readonly int[]? _places = spec.IsContiguous ? null : Places.Of(spec.Shape, spec.Strides.Span);

    public Shape Shape => _spec.Shape;

    public int Count => _spec.Shape.Count;

    public bool IsWhole => _spec.DType == DType.Int64;

    public double[] Real { get; } = new double[spec.DType == DType.Int64 ? 0 : spec.Shape.Count];

    public long[] Whole { get; } = new long[spec.DType == DType.Int64 ? spec.Shape.Count : 0];

    /// <summary>Sets an element to an element of numbers of the same type.</summary>
    public void Set(int i, Numbers from, int j)
    {
        if (IsWhole) Whole[i] = from.Whole[j];
        else Real[i] = from.Real[j];
    }

    /// <summary>Sets all elements to one number.</summary>
    public void Fill(double value)
    {
        Real.AsSpan().Fill(value);
        Whole.AsSpan().Fill((long)value);
    }

    /// <summary>Reads operand i through its strides.</summary>
    public void Read(in OpValues values, int i)
    {
        switch (_spec.DType)
        {
            case DType.Float32:
                ReadOnlySpan<float> floats = values.Input<float>(i);
                for (int at = 0; at < Real.Length; at++) Real[at] = floats[Place(at)];
                break;
            case DType.Float64:
                ReadOnlySpan<double> doubles = values.Input<double>(i);
                for (int at = 0; at < Real.Length; at++) Real[at] = doubles[Place(at)];
                break;
            case DType.Int64:
                ReadOnlySpan<long> longs = values.Input<long>(i);
                for (int at = 0; at < Whole.Length; at++) Whole[at] = longs[Place(at)];
                break;
            default:
                ReadOnlySpan<bool> truths = values.Input<bool>(i);
                for (int at = 0; at < Real.Length; at++) Real[at] = truths[Place(at)] ? 1 : 0;
                break;
        }
    }

    /// <summary>Writes result i, or operand i where an op changes it in place, through its strides.</summary>
    public void Write(in OpValues values, int i, bool isInPlace = false)
    {
        switch (_spec.DType)
        {
            case DType.Float32:
                Span<float> floats = isInPlace ? values.InPlace<float>(i) : values.Output<float>(i);
                for (int at = 0; at < Real.Length; at++) floats[Place(at)] = (float)Real[at];
                break;
            case DType.Float64:
                Span<double> doubles = isInPlace ? values.InPlace<double>(i) : values.Output<double>(i);
                for (int at = 0; at < Real.Length; at++) doubles[Place(at)] = Real[at];
                break;
            case DType.Int64:
                Span<long> longs = isInPlace ? values.InPlace<long>(i) : values.Output<long>(i);
                for (int at = 0; at < Whole.Length; at++) longs[Place(at)] = Whole[at];
                break;
            default:
                Span<bool> truths = isInPlace ? values.InPlace<bool>(i) : values.Output<bool>(i);
                for (int at = 0; at < Real.Length; at++) truths[Place(at)] = Real[at] != 0;
                break;
        }
    }

    private int Place(int at) => _places is null ? at : _places[at];
}
