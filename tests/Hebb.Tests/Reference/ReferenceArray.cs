using System.Text.Json;

namespace Hebb.Tests.Reference;

/// <summary>An array of a reference case, row-major.</summary>
public sealed class ReferenceArray
{
    private readonly string _label;

    internal ReferenceArray(string label, JsonElement element)
    {
        _label = label;
        DType = element.GetProperty("dtype").GetString()!;
        Shape = [.. element.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
        Doubles = [.. element.GetProperty("data").EnumerateArray().Select(Number)];
    }

    /// <summary>"float64", "int64" or "bool".</summary>
    public string DType { get; }

    public int[] Shape { get; }

    /// <summary>The values; whole numbers as they are, truth values as 0 and 1.</summary>
    public double[] Doubles { get; }

    /// <summary>The only value of an array of one element.</summary>
    public double Scalar => Doubles is [var value] ? value
        : throw new InvalidOperationException($"{_label} has {Doubles.Length} elements; Scalar needs exactly one.");

    public float[] Floats() => Array.ConvertAll(Doubles, x => (float)x);

    public long[] Longs() => Array.ConvertAll(Doubles, x => (long)x);

    public int[] Ints() => Array.ConvertAll(Doubles, x => (int)x);

    public bool[] Bools() => Array.ConvertAll(Doubles, x => x != 0);

    /// <summary>Fails unless |actual - expected| ≤ tolerance · max(1, largest |expected|) everywhere; NaN never passes.</summary>
    public void AssertNear(ReadOnlySpan<double> actual, double tolerance)
    {
        if (actual.Length != Doubles.Length) Assert.Fail($"{_label}: {actual.Length} elements, expected {Doubles.Length}.");
        double scale = Math.Max(1, Doubles.Length == 0 ? 0 : Doubles.Max(Math.Abs));
        int worst = -1;
        double largest = tolerance * scale;
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(actual[i] - Doubles[i]);
            if (error <= largest) continue;
            worst = i;
            largest = error;
            if (double.IsNaN(error)) break;
        }
        if (worst >= 0)
            Assert.Fail($"{_label}: element {worst} of [{string.Join(", ", Shape)}] is {actual[worst]:R}, expected {Doubles[worst]:R}; " +
                $"off by {largest:G3}, allowed {tolerance * scale:G3}.");
    }

    /// <inheritdoc cref="AssertNear(ReadOnlySpan{double}, double)"/>
    public void AssertNear(ReadOnlySpan<float> actual, double tolerance)
    {
        var wide = new double[actual.Length];
        for (int i = 0; i < wide.Length; i++) wide[i] = actual[i];
        AssertNear(wide, tolerance);
    }

    public override string ToString() => $"{_label} {DType}[{string.Join(", ", Shape)}]";

    private static double Number(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => element.GetDouble(),
    };
}
