using System.Globalization;
using System.Text.Json.Serialization;

namespace Hebb.Data;

/// <summary>
/// y = (x - offset) / scale for each column, fitted to the training samples and applied to all. Fitted to [0, 1] (offset the smallest
/// value, scale the range) or to mean 0 and variance 1 (offset the mean, scale the standard deviation that divides by the number of
/// samples). A column of one value has the scale 1, so that it becomes 0.
/// </summary>
public sealed record Scaler
{
    private const int Digits = 6, MostDigits = 17;

    private readonly double[] _offsets, _scales;

    private Scaler(double[] offsets, double[] scales)
    {
        _offsets = offsets;
        _scales = scales;
    }

    /// <summary>A scaler of given numbers, for example those of a saved one.</summary>
    /// <param name="offsets">What is subtracted from each column, finite.</param>
    /// <param name="scales">What each column is then divided by, finite and not 0.</param>
    /// <exception cref="FormatException">The lists differ in length or hold a number that is not allowed.</exception>
    [JsonConstructor]
    public Scaler(IReadOnlyList<double> offsets, IReadOnlyList<double> scales)
    {
        if (offsets is null || scales is null || offsets.Count != scales.Count)
            throw new FormatException(
                $"A scaler has {offsets?.Count ?? 0} offsets and {scales?.Count ?? 0} scales; it needs one of each for every column.");
        if (!offsets.All(double.IsFinite) || !scales.All(scale => double.IsFinite(scale) && scale != 0))
            throw new FormatException("A scaler has an offset or a scale that is not finite, or the scale 0; fit it again.");
        _offsets = [.. offsets];
        _scales = [.. scales];
    }

    /// <summary>What is subtracted from each column.</summary>
    public IReadOnlyList<double> Offsets => _offsets;

    /// <summary>What each column is then divided by.</summary>
    public IReadOnlyList<double> Scales => _scales;

    /// <summary>The number of columns.</summary>
    [JsonIgnore]
    public int Width => _offsets.Length;

    /// <summary>y = x for every column.</summary>
    public static Scaler Identity(int width) => new(Arrays.Of<double>(width), Array.ConvertAll(Arrays.Of<double>(width), _ => 1.0));

    /// <summary>y = (x - min) / (max - min), which lies in [0, 1] on the data fitted to.</summary>
    /// <param name="data">Rows of <paramref name="width"/> finite numbers, at least one row.</param>
    /// <param name="width">The number of columns.</param>
    /// <exception cref="ArgumentException">There are no rows, no whole rows, or numbers that are not finite or too far apart.</exception>
    public static Scaler FitMinMax(ReadOnlySpan<double> data, int width)
    {
        int rows = CountRows(data, width);
        double[] offsets = Arrays.Of<double>(width), scales = Arrays.Of<double>(width);
        for (int column = 0; column < width; column++)
        {
            (double low, double high) = Range(data, width, rows, column);
            offsets[column] = low;
            scales[column] = low == high ? 1 : high - low;
        }

        return Checked(offsets, scales);
    }

    /// <summary>y = (x - mean) / std with std² = sum (x - mean)² / rows.</summary>
    /// <inheritdoc cref="FitMinMax" path="/param|/exception"/>
    public static Scaler FitStandard(ReadOnlySpan<double> data, int width)
    {
        int rows = CountRows(data, width);
        double[] offsets = Arrays.Of<double>(width), scales = Arrays.Of<double>(width);
        for (int column = 0; column < width; column++)
        {
            (double low, double high) = Range(data, width, rows, column);
            double sum = 0;
            SquareSum squares = default;
            for (int row = 0; row < rows; row++) sum += data[row * width + column];
            double mean = low == high ? low : sum / rows;
            for (int row = 0; row < rows; row++) squares.Add(data[row * width + column] - mean);

            double deviation = squares.Root(rows);
            offsets[column] = mean;
            scales[column] = deviation == 0 ? 1 : deviation;
        }

        return Checked(offsets, scales);
    }

    /// <summary>(x - offset) / scale for one number of a column.</summary>
    public double Transform(double x, int column) => (x - _offsets[Place(column)]) / _scales[column];

    /// <summary>x = y * scale + offset for one number of a column.</summary>
    public double Inverse(double y, int column) => y * _scales[Place(column)] + _offsets[column];

    /// <summary>
    /// A number of a column in text, with six significant digits, and with more where it lies so far from 0 that they would not tell apart
    /// what the scale does: <c>1700000123.5</c> if the offset is 1.7e9 and the scale 2000.
    /// </summary>
    public string Text(double x, int column)
    {
        int more = Math.Clamp((int)Math.Log10(Math.Abs(x / _scales[Place(column)])), 0, MostDigits - Digits);
        return x.ToString($"g{Digits + more}", CultureInfo.InvariantCulture);
    }

    /// <summary>Scales whole rows in place.</summary>
    /// <exception cref="ArgumentException">The data are not whole rows.</exception>
    public void Transform(Span<double> data)
    {
        CheckRows(data.Length, Width);
        for (int i = 0; i < data.Length; i++) data[i] = Transform(data[i], i % Width);
    }

    /// <summary>Undoes <see cref="Transform(Span{double})"/> in place.</summary>
    /// <exception cref="ArgumentException">The data are not whole rows.</exception>
    public void Inverse(Span<double> data)
    {
        CheckRows(data.Length, Width);
        for (int i = 0; i < data.Length; i++) data[i] = Inverse(data[i], i % Width);
    }

    /// <summary>The scaler as JSON; numbers come back exactly.</summary>
    public string ToJson() => DataJson.Text(this, DataJson.Default.Scaler, "scaler");

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not a scaler.</exception>
    public static Scaler FromJson(string json) => DataJson.Read(json, DataJson.Default.Scaler, "scaler");

    /// <summary>Same numbers.</summary>
    public bool Equals(Scaler? other) =>
        other is not null && _offsets.SequenceEqual(other._offsets) && _scales.SequenceEqual(other._scales);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Width, Width > 0 ? _offsets[0] : 0, Width > 0 ? _scales[0] : 0);

    private int Place(int column) => (uint)column < (uint)Width ? column : throw new ArgumentOutOfRangeException(
        nameof(column), $"Column {column} was asked of a scaler of {Width} columns; they are counted from 0.");

    private static Scaler Checked(double[] offsets, double[] scales)
    {
        for (int column = 0; column < offsets.Length; column++)
        {
            if (!double.IsFinite(offsets[column]) || !double.IsFinite(scales[column]) || scales[column] == 0)
                throw new ArgumentException(
                    $"The numbers of column {column + 1} are not finite or too far apart for a double; rescale or drop the column.");
        }

        return new Scaler(offsets, scales);
    }

    private static (double Low, double High) Range(ReadOnlySpan<double> data, int width, int rows, int column)
    {
        double low = data[column], high = low;
        for (int row = 1; row < rows; row++)
        {
            low = Math.Min(low, data[row * width + column]); // NaN stays
            high = Math.Max(high, data[row * width + column]);
        }

        return (low, high);
    }

    private static int CountRows(ReadOnlySpan<double> data, int width)
    {
        Argument.Above(width, 0);
        CheckRows(data.Length, width);
        return data.Length > 0
            ? data.Length / width
            : throw new ArgumentException("There are no rows to fit a scaler to; pass at least one.");
    }

    private static void CheckRows(int length, int width)
    {
        if (width == 0 ? length > 0 : length % width != 0)
            throw new ArgumentException($"{length} numbers are not whole rows of {width} columns; pass whole rows.");
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Scaler), PrintMembers);
}
