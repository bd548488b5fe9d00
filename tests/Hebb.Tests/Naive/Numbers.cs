namespace Hebb.Tests.Naive;

/// <summary>The elements of a tensor in row-major order: as long where they are whole numbers, else as double; truth values are 0 and 1.</summary>
internal sealed class Numbers(in TensorSpec spec)
{
    private readonly TensorSpec _spec = spec;
    private readonly int[] _places = Places.Of(spec.Shape, spec.Strides.Span);

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
            case DType.Float32: Read(values.Input<float>(i), Real, v => v); break;
            case DType.Float64: Read(values.Input<double>(i), Real, v => v); break;
            case DType.Int64: Read(values.Input<long>(i), Whole, v => v); break;
            default: Read(values.Input<bool>(i), Real, v => v ? 1 : 0); break;
        }
    }

    /// <summary>Writes result i, or operand i where an op changes it in place, through its strides.</summary>
    public void Write(in OpValues values, int i, bool isInPlace = false)
    {
        switch (_spec.DType)
        {
            case DType.Float32: Write(isInPlace ? values.InPlace<float>(i) : values.Output<float>(i), Real, v => (float)v); break;
            case DType.Float64: Write(isInPlace ? values.InPlace<double>(i) : values.Output<double>(i), Real, v => v); break;
            case DType.Int64: Write(isInPlace ? values.InPlace<long>(i) : values.Output<long>(i), Whole, v => v); break;
            default: Write(isInPlace ? values.InPlace<bool>(i) : values.Output<bool>(i), Real, v => v != 0); break;
        }
    }

    private void Read<T, N>(ReadOnlySpan<T> memory, N[] numbers, Func<T, N> number)
    {
        for (int i = 0; i < numbers.Length; i++) numbers[i] = number(memory[_places[i]]);
    }

    private void Write<T, N>(Span<T> memory, N[] numbers, Func<N, T> element)
    {
        for (int i = 0; i < numbers.Length; i++) memory[_places[i]] = element(numbers[i]);
    }
}
