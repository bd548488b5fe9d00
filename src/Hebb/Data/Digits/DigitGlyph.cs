using System.Globalization;

namespace Hebb.Data;

/// <summary>
/// One way in which people write a digit: the points through which the pen goes, stroke by stroke. Between points the path is a smooth
/// curve (Catmull and Rom 1974); at a corner it breaks.
/// </summary>
internal sealed class DigitGlyph
{
    private DigitGlyph(double share, double[] x, double[] y, bool[] corner, int[] ends)
    {
        Share = share;
        X = x;
        Y = y;
        Corner = corner;
        Ends = ends;
    }

    /// <summary>How often this way is chosen, relative to the digit's other ways.</summary>
    public double Share { get; }

    /// <summary>Points across, about 0 to 0.8, left to right.</summary>
    public double[] X { get; }

    /// <summary>Points down, 0 at the top to 1 at the bottom.</summary>
    public double[] Y { get; }

    /// <summary>Whether the path turns sharply at a point.</summary>
    public bool[] Corner { get; }

    /// <summary>For each stroke the index after its last point.</summary>
    public int[] Ends { get; }

    /// <summary>
    /// Reads the notation of <see cref="DigitGlyphs"/>: points <c>x,y</c> in hundredths, <c>!</c> after a corner, <c>|</c> between strokes.
    /// </summary>
    public static DigitGlyph Parse(double share, string text)
    {
        List<double> x = [], y = [];
        List<bool> corner = [];
        List<int> ends = [];
        foreach (string stroke in text.Split('|'))
        {
            foreach (string point in stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                string[] numbers = point.TrimEnd('!').Split(',');
                x.Add(int.Parse(numbers[0], CultureInfo.InvariantCulture) / 100.0);
                y.Add(int.Parse(numbers[1], CultureInfo.InvariantCulture) / 100.0);
                corner.Add(point.EndsWith('!'));
            }

            ends.Add(x.Count);
        }

        return new DigitGlyph(share, [.. x], [.. y], [.. corner], [.. ends]);
    }
}
