using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hebb;

/// <summary>
/// Bounds of arguments: each method returns the value, or refuses it in a sentence that names the argument, NaN included.
/// </summary>
internal static class Argument
{
    /// <summary>A number of some least value or more; floating-point ones are finite.</summary>
    public static T AtLeast<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        value >= least && T.IsFinite(value) ? value : throw Wrong(name, value, $"give {Finite<T>()}{least} or more");

    /// <summary>A number above some value; floating-point ones are finite.</summary>
    public static T Above<T>(T value, T bound, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        value > bound && T.IsFinite(value) ? value : throw Wrong(name, value, $"give {Finite<T>()}more than {bound}");

    /// <summary>A number from one value to another, both included.</summary>
    public static T Within<T>(T value, T least, T most, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        value >= least && value <= most ? value : throw Wrong(name, value, $"give a number from {least} to {most}");

    /// <summary>A number from one value to below another.</summary>
    public static T Below<T>(T value, T least, T end, [CallerArgumentExpression(nameof(value))] string name = "") where T : INumber<T> =>
        value >= least && value < end ? value : throw Wrong(name, value, $"give a number from {least} to below {end}");

    /// <summary>A floating-point number that is finite.</summary>
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw Wrong(name, value, "give a finite number");

    /// <summary>The error of a part or function of a user that returned null.</summary>
    /// <param name="source">What returned it.</param>
    /// <param name="wanted">What it is to return.</param>
    public static InvalidOperationException Nothing(string source, string wanted) => new($"{source} returned null; return {wanted}.");

    /// <summary>The finite ends of a range, the smaller one first, whose difference is finite too.</summary>
    public static void Range(
        double low, double high,
        [CallerArgumentExpression(nameof(low))] string lowName = "", [CallerArgumentExpression(nameof(high))] string highName = "")
    {
        Finite(low, lowName);
        AtLeast(high, low, highName);
        if (!double.IsFinite(high - low)) throw Wrong(highName, high, $"give ends that lie less than 1.8e308 apart; '{lowName}' is {low}");
    }

    /// <summary>Memory of so many places as are written into it.</summary>
    public static void Room<T>(Span<T> memory, int length, [CallerArgumentExpression(nameof(memory))] string name = "")
    {
        if (memory.Length != length) throw new ArgumentException($"'{name}' has room for {memory.Length}; give room for {length}.", name);
    }

    /// <summary>A text that a file can hold as it is.</summary>
    public static string Unicode(string? text, string what) => text is not null && PlainText.IsUnicode(text) ? text
        : throw new ArgumentException(
            $"{what} is {(text is null ? "null" : "a text with half of a surrogate pair")}, which no file gives back; give valid Unicode.");

    private static string Finite<T>() where T : INumber<T> => T.IsInteger(T.One / (T.One + T.One)) ? "" : "a finite number, ";

    /// <summary>The error of an argument that no rule above covers.</summary>
    public static ArgumentOutOfRangeException Wrong<T>(string name, T value, string mend) =>
        new(name, $"The argument '{name}' is {value}; {mend}.");
}
