using System.Globalization;

namespace Hebb.Data;

/// <summary>
/// Augmentations written as text: words separated by spaces, such as <c>flip shift4 rotate10 scale0.1 bend1.5 noise0.05 cutout8</c>.
/// </summary>
public static class Augmentations
{
    private static readonly string[] s_words = ["flip", "shift", "rotate", "scale", "bend", "noise", "cutout"];

    /// <summary>
    /// Reads augmentations in the order in which they are made: <c>flip</c> left and right, <c>shift</c> by whole pixels, <c>rotate</c> by
    /// degrees and <c>scale</c> by a part of the size (both in one), <c>bend</c> knots by a standard deviation in pixels, <c>noise</c> of a
    /// standard deviation, <c>cutout</c> of a square. Empty text is none.
    /// </summary>
    /// <exception cref="ArgumentException">A word or its number cannot be read; the message says which.</exception>
    public static IReadOnlyList<IAugmentation> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Dictionary<string, double> amounts = [];
        List<IAugmentation> read = [];
        foreach (string part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string word = new([.. part.TakeWhile(char.IsAsciiLetterLower)]);
            if (!s_words.Contains(word))
                throw new ArgumentException(
                    $"There is no augmentation '{part}'; "
                    + $"choose from {string.Join(", ", s_words)}, each but flip with a number, such as shift4.");
            if (!amounts.TryAdd(word, Amount(part, word)))
                throw new ArgumentException($"The augmentation '{word}' is given twice in '{text}'; give it once.");
            int affine = word is "rotate" or "scale" ? read.FindIndex(one => one is RandomAffine) : -1;
            if (affine >= 0) read[affine] = new RandomAffine(amounts["rotate"], amounts["scale"]);
            else read.Add(Make(part, word, amounts[word]));
        }
        return read;
    }

    private static IAugmentation Make(string part, string word, double amount) => word switch
    {
        "flip" => new RandomFlip(),
        "shift" => new RandomShift(Whole(part, amount)),
        "rotate" => new RandomAffine(amount, Scale: 0),
        "scale" => new RandomAffine(Degrees: 0, amount),
        "bend" => new ElasticDistortion(amount),
        "noise" => new AdditiveNoise(amount),
        _ => new CutOut(Whole(part, amount)),
    };

    private static double Amount(string part, string word)
    {
        if (word == "flip")
            return part == word ? 0 : throw new ArgumentException($"'{part}' was given as an augmentation; flip takes no number.");
        return NumberText.TryRead(part.AsSpan(word.Length), NumberStyles.AllowDecimalPoint, out double amount)
            ? amount
            : throw new ArgumentException($"'{part}' was given as an augmentation; "
                + $"write a number after {word}, such as {word}{(word is "scale" or "noise" ? "0.1" : "4")}.");
    }

    private static int Whole(string part, double amount) => amount == Math.Floor(amount) && amount <= int.MaxValue ? (int)amount
        : throw new ArgumentException($"'{part}' was given as an augmentation; it takes a whole number of pixels.");
}
