using System.Diagnostics;
using System.Globalization;
using Hebb.Models;
using Hebb.Training;

namespace Hebb.Cli.Tests;

/// <summary>The tool as a process that is killed or gets signals at random moments: HEBB_KILLS times, 6 by default.</summary>
public sealed class KillTests : IDisposable
{
    private static readonly int s_trials =
        int.Parse(Environment.GetEnvironmentVariable("HEBB_KILLS") ?? "6", CultureInfo.InvariantCulture);

    private readonly string _folder = Directory.CreateTempSubdirectory("hebb").FullName;
    private readonly Random _random = new(7);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ARunIsWhollyOldOrWhollyNewAfterAKill()
    {
        (string Csv, string Model)[] kinds = [(Table("small", 1), "fc4 relu fc"), (Table("large", 1000), "fc8 tanh fc3 relu fc")];
        double[] answers = new double[kinds.Length];
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < kinds.Length; i++)
        {
            string own = Path.Combine(_folder, $"own{i}");
            Assert.Equal(0, (await Finish(Train(i, own))).Code);
            answers[i] = Answer(own);
        }
        Assert.NotEqual(answers[0], answers[1]);
        TimeSpan one = watch.Elapsed / kinds.Length;

        string run = Path.Combine(_folder, "run");
        Assert.Equal(0, (await Finish(Train(0, run))).Code);
        int news = 0;
        double last = answers[0];
        for (int trial = 1; trial <= s_trials; trial++)
        {
            using Process process = Train(trial % kinds.Length, run);
            await Task.Delay(one * (0.5 + 0.7 * _random.NextDouble()), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            double answer = Answer(run);
            Assert.Contains(answer, answers);
            if (answer != last) news++;
            last = answer;
        }
        Assert.Equal(0, (await Finish(Train(1, run))).Code);
        Assert.Equal(answers[1], Answer(run));
        Assert.Equal(
            ["history.csv", "model.safetensors", "run.json"], Directory.EnumerateFileSystemEntries(run).Select(Path.GetFileName).Order());
        TestContext.Current.SendDiagnosticMessage($"{s_trials} kills; the run was replaced {news} times in between.");

        Process Train(int kind, string folder) => Start(
            "train", kinds[kind].Csv, "--target", "y", "--model", kinds[kind].Model, "--epochs", "2", "--out", folder, "--overwrite");
    }

    [Fact]
    public async Task AnyNumberOfSignalsKeepsTheModelAndIsCode130()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent by the command kill.");
        for (int trial = 0; trial < s_trials; trial++)
        {
            string run = Path.Combine(_folder, $"run{trial}");
            using Process process = Start("train", "moons", "--epochs", "1000000", "--out", run);
            await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            await Task.Delay(_random.Next(0, 400), TestContext.Current.CancellationToken);
            for (int signal = 0; signal < 2 + trial % 3; signal++)
            {
                using Process kill = Process.Start("kill", [_random.Next(2) == 0 ? "-INT" : "-TERM", $"{process.Id}"]);
                await Task.Delay(_random.Next(0, 50), TestContext.Current.CancellationToken);
            }
            (int code, string error) = await Finish(process);
            Assert.Equal((130, 1), (code, error.TrimEnd().Split('\n').Length));
            Assert.StartsWith("hebb: canceled", error, StringComparison.Ordinal);
            bool isKept = error.Contains("is in", StringComparison.Ordinal);
            Assert.Equal(isKept, Directory.Exists(run));
            Assert.True(!isKept || TrainedModel.Read(run, ReadyModels.Build).Description.IsCanceled);
        }
    }

    /// <summary>y = 3 x, with x up to a scale.</summary>
    private string Table(string name, double scale)
    {
        string path = Path.Combine(_folder, $"{name}.csv");
        IEnumerable<string> rows = Enumerable.Range(0, 60).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"{i * scale},{3 * i * scale + i % 2}"));
        File.WriteAllLines(path, ["x,y", .. rows]);
        return path;
    }

    private static double Answer(string run)
    {
        TrainedModel trained = TrainedModel.Read(run, ReadyModels.Build);
        return trained.Predict(Tensor.From<float>(0.5f).Reshape(1, 1)).Cast(DType.Float64).ToArray<double>()[0];
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "Hebb.Cli.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Error)> Finish(Process process)
    {
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await output;
        return (process.ExitCode, await error);
    }
}
