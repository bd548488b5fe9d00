namespace Hebb.Tests.Registry;

/// <summary>A plain row-major array of numbers, for reference results computed the slow and obvious way.</summary>
public sealed class NumberArray(Shape shape, double[] values)
{
    public Shape Shape { get; } = shape;

    public double[] Values { get; } = values;

    /// <summary>The element at one index for each axis.</summary>
    public double this[params ReadOnlySpan<int> index] => Values[Place(Shape, index)];

    /// <summary>An array made element by element from its indices.</summary>
    public static NumberArray Make(Shape shape, Func<int[], double> element)
    {
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = element(Index(shape, i));
        return new NumberArray(shape, values);
    }

    /// <summary>The elements of a tensor of any type; truth values are 0 and 1.</summary>
    public static NumberArray Of(Tensor x)
    {
        x = x.Detach();
        return new NumberArray(x.Shape, x.DType switch
        {
            DType.Float32 => Array.ConvertAll(x.ToArray<float>(), v => (double)v),
            DType.Float64 => x.ToArray<double>(),
            DType.Int64 => Array.ConvertAll(x.ToArray<long>(), v => (double)v),
            _ => Array.ConvertAll(x.ToArray<bool>(), v => v ? 1.0 : 0),
        });
    }

    /// <summary>The element that a broadcast operand has at an index of the result.</summary>
    public double Stretched(ReadOnlySpan<int> index)
    {
        int[] own = new int[Shape.Rank];
        for (int i = 0; i < own.Length; i++) own[i] = Shape[i] == 1 ? 0 : index[i + index.Length - own.Length];
        return this[own];
    }

    /// <summary>The row-major place of an index.</summary>
    public static int Place(Shape shape, ReadOnlySpan<int> index)
    {
        int place = 0;
        for (int i = 0; i < index.Length; i++) place = (place * shape[i]) + index[i];
        return place;
    }

    /// <summary>The index at a row-major place.</summary>
    public static int[] Index(Shape shape, int place)
    {
        int[] index = new int[shape.Rank];
        for (int i = index.Length - 1; i >= 0; i--)
        {
            index[i] = place % shape[i];
            place /= shape[i];
        }
        return index;
    }

    public override string ToString() => $"{Shape}: {string.Join(", ", Values)}";
}
