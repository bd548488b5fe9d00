using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Hebb.Data;

/// <summary>
/// One value of a row: a number, a text, a bool, or nothing, which is the default. Numbers, texts and bools become cells by themselves:
/// <c>ReadOnlySpan&lt;TableCell&gt; row = [39, "Private", 2174.5, null];</c>
/// </summary>
public readonly struct TableCell : IEquatable<TableCell>
{
    private readonly double _number;
    private readonly object? _kind; // the text, or a mark; null where the value is missing

    private static readonly object s_number = new(), s_bool = new();

    private TableCell(double number, object? kind) => (_number, _kind) = (number, kind);

    /// <summary>A number; NaN is missing.</summary>
    public static implicit operator TableCell(double number) => new(number, double.IsNaN(number) ? null : s_number);

    /// <summary>A whole number.</summary>
    public static implicit operator TableCell(long number) => new(number, s_number);

    /// <summary>A letter, as a text.</summary>
    public static implicit operator TableCell(char letter) => letter.ToString();

    /// <summary>A text; null is missing.</summary>
    public static implicit operator TableCell(string? text) => new(0, text);

    /// <summary>A truth, for a column of categories that read true and false.</summary>
    public static implicit operator TableCell(bool value) => new(value ? 1 : 0, s_bool);

    /// <summary>Whether there is no value.</summary>
    public bool IsMissing => _kind is null;

    /// <summary>The number; null if it is none.</summary>
    public double? Number => ReferenceEquals(_kind, s_number) ? _number : null;

    /// <summary>The text; null if it is none.</summary>
    public string? Text => _kind as string;

    /// <summary>The truth; null if it is none.</summary>
    public bool? Truth => ReferenceEquals(_kind, s_bool) ? _number != 0 : null;

    /// <summary>
    /// A number of any type, a text, a bool, an enum (its name), one of these in JSON, a cell, or null for a missing value.
    /// </summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static TableCell Of(object? value) => value switch
    {
        null => default,
        TableCell cell => cell,
        string text => text,
        bool truth => truth,
        char letter => letter,
        Enum name => name.ToString(),
        JsonElement json => Of(json),
        double number => number,
        float number => number,
        int number => (long)number,
        long number => number,
        decimal number => (double)number,
        byte number => (long)number,
        sbyte number => (long)number,
        short number => (long)number,
        ushort number => (long)number,
        uint number => (long)number,
        ulong number => (double)number,
        nint number => (long)number,
        nuint number => (double)number,
        Half number => (double)number,
        Int128 number => (double)number,
        UInt128 number => (double)number,
        BigInteger number => (double)number,
        _ => throw new ArgumentException($"A cell was given a {value.GetType().Name}; give a number, a text, a bool, an enum, or null."),
    };

    private static TableCell Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Null or JsonValueKind.Undefined => default,
        _ => throw new ArgumentException($"A cell was given {json.ValueKind} in JSON; give a number, a text, a bool, or null."),
    };

    /// <summary>The same value.</summary>
    public bool Equals(TableCell other) => _number.Equals(other._number) && Equals(_kind, other._kind);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TableCell other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_number, _kind);

    /// <summary>The same value.</summary>
    public static bool operator ==(TableCell left, TableCell right) => left.Equals(right);

    /// <summary>Another value.</summary>
    public static bool operator !=(TableCell left, TableCell right) => !left.Equals(right);

    /// <summary>As an error names it: <c>3.5</c>, <c>'cook'</c>, <c>true</c> or <c>nothing</c>.</summary>
    public override string ToString() => Number is { } number ? number.ToString(CultureInfo.InvariantCulture)
        : Text is { } text ? $"'{text}'"
        : Truth is { } truth ? truth ? "true" : "false"
        : "nothing";
}
