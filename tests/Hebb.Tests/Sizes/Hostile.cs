namespace Hebb.Tests.Sizes;

/// <summary>Calls with numbers that may be anything, which give a result or are refused in a sentence.</summary>
internal static class Hostile
{
    private static readonly string[] s_fromInside =
        ["Specified argument was out of the range", "Index was out", "Array dimensions", "Arithmetic"];

    /// <summary>Makes a call with many draws, each from a seed of its own.</summary>
    public static void Try(string name, Action<Draw> call, int times = 300)
    {
        for (int seed = 0; seed < times; seed++)
        {
            Draw draw = new(seed);
            try
            {
                call(draw);
            }
            catch (Exception refused) when (refused is ArgumentException or FormatException && IsSentence(refused.Message))
            {
                // Refused as it should be.
            }
            catch (Exception fault)
            {
                Assert.Fail($"{name} with [{draw}]: {fault}");
            }
        }
    }

    /// <summary>Whether it is one sentence that somebody has written for the case.</summary>
    public static bool IsSentence(string message)
    {
        string sentence = message.Split(" (Parameter", StringSplitOptions.None)[0];
        return sentence.EndsWith('.') && !s_fromInside.Any(start => sentence.StartsWith(start, StringComparison.Ordinal));
    }
}
