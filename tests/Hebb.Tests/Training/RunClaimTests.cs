using System.Globalization;
using Hebb.Layers;
using Hebb.Tests.Files;
using Hebb.Training;

namespace Hebb.Tests.Training;

public sealed class RunClaimTests
{
    private const string Ready = ".hebb-ready", Draft = ".hebb-draft";

    private static readonly string[] s_files = ["history.csv", "model.safetensors", "run.json"];

    /// <summary>A run whose weights and description hold the same number.</summary>
    private static void Write(string folder, int number) => Write(number, (model, description) =>
        RunFolder.Write(folder, model, description, []));

    private static void Write(int number, Action<Module, RunDescription> write)
    {
        Linear model = new(1, 1, bias: false);
        model.Weight.Detach().Assign(Tensor.Full([1, 1], number));
        write(model, new RunDescription { Version = number.ToString(CultureInfo.InvariantCulture), Model = "linear" });
    }

    /// <summary>The number of a run, which must be the same in its weights and in its description.</summary>
    private static int Read(string folder)
    {
        (RunDescription description, Module model) = RunFolder.Read(folder, _ => new Linear(1, 1, bias: false));
        int number = (int)((Linear)model).Weight.Detach().ToArray<float>()[0];
        Assert.Equal(number.ToString(CultureInfo.InvariantCulture), description.Version);
        return number;
    }

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(3)]
    public void AKilledWriterLeavesTheOldRunOrTheNewOne(int inPlace)
    {
        using TestFolder folder = new();
        string run = folder["run"], draft = Path.Combine(run, Draft), ready = Path.Combine(run, Ready);
        Write(run, 1);
        Write(folder["next"], 2);
        Directory.Move(folder["next"], draft);
        Assert.Equal(1, Read(run));
        File.Delete(Path.Combine(draft, "run.json"));
        Assert.Equal(1, Read(run));
        using (RunClaim? claim = RunClaim.TryTake(run)) Assert.NotNull(claim);
        Assert.Equal(s_files, Names(run));
        Assert.Equal(1, Read(run));

        Write(folder["next"], 3);
        Directory.Move(folder["next"], ready);
        foreach (string file in s_files[..inPlace]) File.Move(Path.Combine(ready, file), Path.Combine(run, file), overwrite: true);
        Assert.Equal(3, Read(run));
        Assert.True(RunFolder.HoldsRun(run));
        using (RunClaim? claim = RunClaim.TryTake(run)) Assert.NotNull(claim);
        Assert.Equal(s_files, Names(run));
        Assert.Equal(3, Read(run));
    }

    [Fact]
    public async Task ARunIsReadWholeWhileItIsReplaced()
    {
        using TestFolder folder = new();
        string run = folder["run"];
        Write(run, 1);
        const int last = 60;
        Task writing = Task.Run(
            () =>
            {
                using RunClaim claim = RunClaim.TryTake(run)!;
                for (int i = 2; i <= last; i++) Write(i, (model, description) => claim.Write(model, description, []));
            },
            TestContext.Current.CancellationToken);
        int read = 1;
        while (!writing.IsCompleted)
        {
            int now = Read(run);
            Assert.True(now >= read, $"run {now} was read after run {read}");
            read = now;
        }
        await writing;
        Assert.Equal(last, Read(run));
    }

    [Fact]
    public void AFolderIsClaimedOnce()
    {
        using TestFolder folder = new();
        string run = folder["run"];
        using (RunClaim? first = RunClaim.TryTake(run))
        {
            Assert.NotNull(first);
            Assert.True(RunClaim.IsFree(run));
            Assert.Null(RunClaim.TryTake(run));
            Assert.Contains(
                "claimed by another training", Assert.Throws<IOException>(() => Write(run, 1)).Message, StringComparison.Ordinal);
        }
        Assert.False(Directory.Exists(run));
        Write(run, 1);
        Assert.False(RunClaim.IsFree(run));
    }

    [Fact]
    public void AFailedWriteLeavesTheOldRun()
    {
        using TestFolder folder = new();
        string run = folder["run"];
        Write(run, 1);
        using RunClaim claim = RunClaim.TryTake(run)!;
        File.WriteAllText(Path.Combine(run, Draft), "in the way");
        Assert.ThrowsAny<IOException>(() => Write(2, (model, description) => claim.Write(model, description, [])));
        Assert.Equal(1, Read(run));
        File.Delete(Path.Combine(run, Draft));
        Write(3, (model, description) => claim.Write(model, description, []));
        Assert.Equal(3, Read(run));
    }

    [Fact]
    public void LinksAndPermissionsOfReplacedFilesStay()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Permissions are those of Unix.");
            return;
        }
        using TestFolder folder = new();
        string run = folder["run"], weights = Path.Combine(run, "model.safetensors"), elsewhere = folder["weights.safetensors"];
        Write(run, 1);
        File.Move(weights, elsewhere);
        File.CreateSymbolicLink(weights, elsewhere);
        const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(elsewhere, own);
        Write(run, 2);
        Assert.Equal(elsewhere, new FileInfo(weights).LinkTarget);
        Assert.Equal(own, File.GetUnixFileMode(elsewhere));
        Assert.Equal(2, Read(run));
    }

    private static IEnumerable<string?> Names(string folder) =>
        Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).Order();
}
