using System.Diagnostics;

namespace Hebb.Cli.Tests;

/// <summary>The launcher <c>hebb</c>, run in a made-up tree with a stand-in for <c>dotnet</c> that notes how it is called.</summary>
public sealed class LauncherTests : IDisposable
{
    private static readonly DateTime Then = DateTime.UtcNow.AddHours(-2);
    private readonly string _root = Directory.CreateTempSubdirectory("hebb launcher ").FullName;

    public LauncherTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the launcher for Windows is hebb.cmd");
        foreach (string folder in (string[])["src/Hebb/Core", "apps/Hebb.Cli", "bin"]) Directory.CreateDirectory(At(folder));
        foreach (string file in (string[])["src/Hebb/Core/A.cs", "src/Hebb/Core/B.cs", "apps/Hebb.Cli/Program.cs", "Directory.Build.props",
            "Directory.Packages.props", "global.json"])
        {
            File.WriteAllText(At(file), "");
        }

        File.Copy(Repository.At("hebb"), At("hebb"));
        // The stand-in: "build" makes the assembly and says so, anything else prints its arguments and exits with 7.
        Script("bin/dotnet", """
            if [ "$1" = build ]; then
              [ -f broken ] && { echo "Program.cs(1,1): error CS1002"; exit 1; }
              mkdir -p apps/Hebb.Cli/bin/Release/net10.0 && touch apps/Hebb.Cli/bin/Release/net10.0/Hebb.Cli.dll && echo built >> builds
            else
              shift; for a in "$@"; do echo "<$a>"; done; exit 7
            fi
            """);
        Age();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void BuildsOnceAndPassesArgumentsAndExitCode()
    {
        (int code, string output, _) = Run("hebb", "train", "two words", "*");
        Assert.Equal(7, code);
        Assert.Equal("<train>\n<two words>\n<*>\n", output);
        Run("hebb");
        Assert.Equal(1, Builds());
    }

    [Theory]
    [InlineData("src/Hebb/Core/A.cs")]
    [InlineData("apps/Hebb.Cli/Program.cs")]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    public void BuildsAgainWhenASourceIsNewer(string changed)
    {
        Run("hebb");
        Age();
        Run("hebb");
        Assert.Equal(1, Builds());
        File.SetLastWriteTimeUtc(At(changed), DateTime.UtcNow);
        Run("hebb");
        Assert.Equal(2, Builds());
    }

    [Fact]
    public void BuildsAgainWhenASourceIsDeletedButNotForBuildOutput()
    {
        Run("hebb");
        Age();
        Directory.CreateDirectory(At("src/Hebb/obj"));
        File.WriteAllText(At("src/Hebb/obj/project.assets.json"), "");
        Directory.SetLastWriteTimeUtc(At("src/Hebb"), Then);
        Run("hebb");
        Assert.Equal(1, Builds());
        File.Delete(At("src/Hebb/Core/B.cs"));
        Run("hebb");
        Assert.Equal(2, Builds());
    }

    [Fact]
    public void DoesNotBuildAgainWhenABuildLeftTheAssemblyAsItWas()
    {
        Run("hebb");
        string dll = At("apps/Hebb.Cli/bin/Release/net10.0/Hebb.Cli.dll");
        Age();
        File.SetLastWriteTimeUtc(At("src/Hebb/Core/A.cs"), DateTime.UtcNow.AddHours(-1));
        Run("hebb");
        File.SetLastWriteTimeUtc(dll, Then);
        Run("hebb");
        Assert.Equal(2, Builds());
    }

    [Fact]
    public void AFailedBuildShowsItsErrorsAndExitsWithOne()
    {
        File.WriteAllText(At("broken"), "");
        (int code, string output, string errors) = Run("hebb", "train");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains("error CS1002", errors, StringComparison.Ordinal);
        Assert.Contains("could not be built", errors, StringComparison.Ordinal);
        File.Delete(At("broken"));
        Assert.Equal(7, Run("hebb", "train").Code);
    }

    [Fact]
    public void WorksThroughALink()
    {
        Directory.CreateDirectory(At("elsewhere"));
        File.CreateSymbolicLink(At("elsewhere/tool"), "../hebb");
        Assert.Equal((7, "<x>\n"), Run("elsewhere/tool", "x") is var (code, output, _) ? (code, output) : default);
    }

    private string At(string path) => Path.Combine(_root, path);

    private int Builds() => File.ReadAllLines(At("builds")).Length;

    /// <summary>Makes every file and folder old, the assembly a little younger than the sources.</summary>
    private void Age()
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(_root, "*", SearchOption.AllDirectories))
        {
            bool built = entry.Contains("/obj/", StringComparison.Ordinal) || entry.EndsWith(".dll", StringComparison.Ordinal);
            File.SetLastWriteTimeUtc(entry, built ? Then.AddMinutes(1) : Then);
        }
    }

    private void Script(string path, string body)
    {
        File.WriteAllText(At(path), "#!/bin/sh\n" + body + "\n");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(At(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int Code, string Output, string Errors) Run(string launcher, params string[] arguments)
    {
        ProcessStartInfo start = new("sh", [At(launcher), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["PATH"] = At("bin") + ":" + Environment.GetEnvironmentVariable("PATH");
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
