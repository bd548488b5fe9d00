using System.Globalization;

namespace Hebb.Files;

/// <summary>A color of 8 bits a channel.</summary>
/// <param name="Red">0 to 255.</param>
/// <param name="Green">0 to 255.</param>
/// <param name="Blue">0 to 255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>#ffffff</summary>
    public static Rgb White => new(255, 255, 255);

    /// <summary>Whether the three are the same.</summary>
    internal bool IsGray => Red == Green && Green == Blue;

    /// <summary>Reads <c>#rrggbb</c>, hexadecimal, or a gray level from 0 to 255.</summary>
    /// <exception cref="ArgumentException">The text is neither.</exception>
    public static Rgb Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is ['#', ..] && text.Length == 7
            && NumberText.TryRead(text.AsSpan(1), NumberStyles.AllowHexSpecifier, out uint bits))
        {
            return new Rgb((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
        }

        return NumberText.TryRead(text, NumberStyles.None, out byte level)
            ? new Rgb(level, level, level)
            : throw new ArgumentException($"'{text}' is no color; give #rrggbb, such as #ff8000, or a gray level from 0 to 255.");
    }

    /// <summary>#rrggbb</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
