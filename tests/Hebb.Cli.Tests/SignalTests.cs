using System.Diagnostics;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli.Tests;

/// <summary>The tool as a process that waits, computes for long, or loses its terminal or its output.</summary>
public sealed class SignalTests : IDisposable
{
    private static readonly TimeSpan s_soon = TimeSpan.FromSeconds(20), s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("hebb").FullName;

    public SignalTests()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals and pipes are those of a shell.");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What keeps nothing ends at once: a pipe that nobody writes to, a long computation, output that nobody reads.</summary>
    [Theory]
    [InlineData("mkfifo ff; exec HEBB predict run ff", "-INT")]
    [InlineData("mkfifo ff; exec HEBB predict run ff", "-TERM")]
    [InlineData("mkfifo ff; sleep 90 >ff 2>/dev/null & exec HEBB predict run /dev/stdin <ff", "-INT")]
    [InlineData("mkfifo ff; exec HEBB evaluate run ff", "-INT")]
    [InlineData("mkfifo ff.csv; exec HEBB train ff.csv --target y --out new", "-INT")]
    [InlineData("exec HEBB summary '[conv3-512 relu]*400 fc' --input 3x224x224 --batch 64 >/dev/null", "-INT")]
    [InlineData("exec HEBB summary '[conv3-512 relu]*400 fc' --input 3x224x224 --batch 64", "-INT", "")]
    public async Task ASignalEndsWhatKeepsNothing(string line, string signal, string expected = "hebb: canceled.")
    {
        Assert.Equal(0, (await Shell(Table())).Code);
        // The command is the last of its pipeline, and tells its own number.
        string script = line.Replace("exec HEBB", "sh -c 'echo $$ >&2; exec \"$@\"' - HEBB", StringComparison.Ordinal);
        using Process process = Start(script);
        string number = (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken))!;
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        Stopwatch watch = Stopwatch.StartNew();
        using Process kill = Process.Start("kill", [signal, number]);
        string error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(s_patience);
        Assert.Equal(expected, error.Trim());
        Assert.True(watch.Elapsed < s_soon, $"It ended after {watch.Elapsed}.");
        Assert.False(Directory.Exists(Path.Combine(_folder, "new")));
    }

    [Fact]
    public async Task RowsComeOutOfAPipe()
    {
        Assert.Equal(0, (await Shell(Table())).Code);
        (int code, string output, string error) = await Shell("head -4 t.csv | cut -d, -f1 | HEBB predict run /dev/stdin");
        Assert.True(code == 0, error);
        Assert.Equal(3, output.TrimEnd().Split('\n').Length);
        Assert.StartsWith("/dev/stdin row 1: y ", output, StringComparison.Ordinal);
        (code, string packed, error) = await Shell("head -4 t.csv | cut -d, -f1 | gzip | HEBB predict run /dev/stdin");
        Assert.Equal((0, output), (code, packed));
    }

    /// <summary>A closed terminal keeps what was learnt, unless hanging up is to be ignored.</summary>
    [Fact]
    public async Task HangingUpKeepsTheModel()
    {
        using Process process = Start("exec HEBB train moons --epochs 1000000 --out kept");
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using Process kill = Process.Start("kill", ["-HUP", $"{process.Id}"]);
        (int code, _, string error) = await Finish(process);
        Assert.Equal(130, code);
        Assert.Contains("is in kept", error, StringComparison.Ordinal);
        Assert.True(TrainedModel.Read(Path.Combine(_folder, "kept"), ReadyModels.Build).Description.IsCanceled);

        using Process ignoring = Start("trap '' HUP; exec HEBB train moons --epochs 30 --out whole");
        await ignoring.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        using Process other = Process.Start("kill", ["-HUP", $"{ignoring.Id}"]);
        Assert.Equal(0, (await Finish(ignoring)).Code);
    }

    [Theory]
    [InlineData("HEBB nosuch 2>&-", 2, "")]
    [InlineData("HEBB train xor --epochs 1 --out run 2>&-", 0, "")]
    [InlineData("HEBB summary mlp >&-", 1, "The standard output cannot be written")]
    [InlineData("HEBB summary mlp >/dev/full", 1, "The standard output cannot be written")]
    [InlineData("HEBB summary mlp >/dev/full 2>&1", 1, "")]
    public async Task AClosedOutputIsAnErrorOfOneSentence(string line, int expected, string message)
    {
        (int code, _, string error) = await Shell(line);
        Assert.Equal(expected, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    /// <summary>Trains a model of one column.</summary>
    private static string Table() => "{ echo x,y; seq 1 40 | sed 's/.*/&,&/'; } >t.csv; HEBB train t.csv --target y --epochs 1 --out run";

    private Process Start(string line)
    {
        string tool = $"dotnet {Path.Combine(AppContext.BaseDirectory, "Hebb.Cli.dll")}";
        ProcessStartInfo start = new("sh", ["-c", line.Replace("HEBB", tool, StringComparison.Ordinal)])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private async Task<(int Code, string Output, string Error)> Shell(string line)
    {
        using Process process = Start(line);
        return await Finish(process);
    }

    private static async Task<(int Code, string Output, string Error)> Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(s_patience);
        return (process.ExitCode, await output, await error);
    }
}
