using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Hebb.Files;
using Hebb.Kernels;

namespace Hebb.Cli;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<int?> Threads() =>
        Number<int>("--threads", "How many threads work; all processors by default. Results do not depend on it.");

    /// <summary>An option that takes a number, written as in English and without separators; null if it is not given.</summary>
    public static Option<T?> Number<T>(string name, string description) where T : struct, INumber<T> => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            bool isWhole = T.IsInteger(T.One / (T.One + T.One));
            if (T.TryParse(text, isWhole ? NumberStyles.AllowLeadingSign : NumberStyles.Float, CultureInfo.InvariantCulture, out T number))
                return number;
            result.AddError($"{name} is '{text}', but it must be {Wanted<T>(isWhole)}.");
            return null;
        },
    };

    private static string Wanted<T>(bool isWhole) where T : struct, INumber<T> => !isWhole ? "a number such as 0.001"
        : typeof(T) == typeof(ulong) ? $"a whole number from 0 to {ulong.MaxValue}" : "a whole number";

    /// <summary>What shows through the transparent pixels of images; null if it is not given.</summary>
    public static Option<Rgb?> Background(string description) => new("--background")
    {
        Description = description,
        CustomParser = result =>
        {
            try
            {
                return Rgb.Parse(result.Tokens[0].Value);
            }
            catch (ArgumentException error)
            {
                result.AddError($"--background: {error.Message}");
                return null;
            }
        },
    };

    /// <summary>The rows and columns to which images are resized; null if it is not given.</summary>
    public static Option<(int, int)?> Size(string description) => new("--size")
    {
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (text.Split('x') is [var rows, var columns]
                && IsCount(rows, out int height) && IsCount(columns, out int width))
                return (height, width);
            result.AddError($"--size is '{text}', but it must be rows and columns joined by x, such as 28x28.");
            return null;
        },
    };

    /// <summary>Whether a part of a size is digits alone, and how many they mean.</summary>
    public static bool IsCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && !text.Contains('\0');

    public static void UseThreads(int? threads)
    {
        if (threads is not { } count) return;
        Usage.Require(count is >= 1 and <= Team.MaxThreads, $"--threads is {count}, but it must be from 1 to {Team.MaxThreads}.");
        Team.Threads = count;
    }
}
