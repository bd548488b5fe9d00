namespace Hebb.Data;

/// <summary>Samples held in memory as floats.</summary>
public sealed class VectorDataset : IDataset
{
    private readonly float[] _inputs;
    private readonly int[] _classes;
    private readonly float[] _values;

    private VectorDataset(Shape inputShape, float[] inputs, Target target, int[] classes, float[] values, int count)
    {
        if (inputs.Length != (long)count * inputShape.Count)
            throw new ArgumentException(
                $"{inputs.Length} numbers do not hold {count} inputs of shape {inputShape}; pass {(long)count * inputShape.Count}.");
        Fields = [Field.Input(inputShape), Field.Of(target)];
        Count = count;
        _inputs = inputs;
        _classes = classes;
        _values = values;
    }

    /// <summary>Samples that belong to classes.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">All inputs, one after the other; not copied, so leave the array alone afterwards.</param>
    /// <param name="classes">The class index of each sample.</param>
    /// <param name="classNames">The names of the classes.</param>
    /// <exception cref="ArgumentException">The numbers do not fit the shape, or a class has no name.</exception>
    public static VectorDataset OfClasses(Shape inputShape, float[] inputs, int[] classes, params IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(classes);
        foreach (int c in classes)
        {
            if ((uint)c >= (uint)classNames.Count)
                throw new ArgumentException($"A sample has class {c} and there are names for {classNames.Count}; classes go from 0.");
        }

        return new VectorDataset(inputShape, inputs, Target.Classes(classNames), [.. classes], [], classes.Length);
    }

    /// <summary>Samples that have numbers.</summary>
    /// <param name="inputShape">The shape of one input.</param>
    /// <param name="inputs">All inputs, one after the other; not copied, so leave the array alone afterwards.</param>
    /// <param name="values">The numbers of all samples, one sample after the other.</param>
    /// <param name="valueNames">The names of one sample's numbers.</param>
    /// <exception cref="ArgumentException">The numbers do not fit the shapes, or a value is not finite.</exception>
    public static VectorDataset OfValues(Shape inputShape, float[] inputs, float[] values, params IReadOnlyList<string> valueNames)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(values);
        if (valueNames.Count == 0 || values.Length % valueNames.Count != 0)
            throw new ArgumentException($"{values.Length} values are not whole samples of {valueNames.Count}; pass whole samples.");
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        if (wrong >= 0)
            throw new ArgumentException(
                $"Value {wrong} of a data set is {values[wrong]}, which no output can learn; leave its sample out.", nameof(values));
        return new VectorDataset(inputShape, inputs, Target.Values(valueNames), [], [.. values], values.Length / valueNames.Count);
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Field> Fields { get; }

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> samples, BatchMemory into)
    {
        int width = Fields[0].Shape.Count, values = Fields[1].Shape.Count;
        for (int i = 0; i < samples.Length; i++)
        {
            _inputs.AsSpan(samples[i] * width, width).CopyTo(into.Input<float>(i));
            if (Fields[1].Target!.IsClass) into.Target<long>(i)[0] = _classes[samples[i]];
            else _values.AsSpan(samples[i] * values, values).CopyTo(into.Target<float>(i));
        }
    }
}
