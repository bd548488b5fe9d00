namespace Hebb.Architecture.Tests;

/// <summary>Generated files that the repository keeps, so that a change of what they show is seen in review.</summary>
internal static class Accepted
{
    /// <summary>Compares a kept file with its fresh text, or writes it where <c>HEBB_ACCEPT=1</c> is set.</summary>
    /// <param name="path">The file from the root of the repository.</param>
    /// <param name="fresh">What it should hold.</param>
    /// <param name="essence">What of a text counts when it is compared.</param>
    public static void Compare(string path, string fresh, Func<string, string> essence)
    {
        string file = Repository.At(path);
        if (Environment.GetEnvironmentVariable("HEBB_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, fresh);
            return;
        }

        string[] kept = Lines(File.Exists(file) ? File.ReadAllText(file) : "", essence);
        string[] now = Lines(fresh, essence);
        if (kept.SequenceEqual(now)) return;
        IEnumerable<string> changes =
            kept.Except(now).Select(line => "- " + line).Concat(now.Except(kept).Select(line => "+ " + line)).Take(12);
        Assert.Fail($"{path} is out of date. If the change is meant, accept it with\n"
            + "  HEBB_ACCEPT=1 dotnet test tests/Hebb.Architecture.Tests -c Release\nand commit the file.\n" + string.Join('\n', changes));
    }

    private static string[] Lines(string text, Func<string, string> essence) =>
        essence(text.ReplaceLineEndings("\n")).TrimEnd('\n').Split('\n');
}
