using System.CommandLine;
using Hebb.Kernels;

namespace Hebb.Cli;

/// <summary>Options that several commands have.</summary>
internal static class SharedOptions
{
    public static Option<int?> Threads() =>
        new("--threads") { Description = "How many threads work; all processors by default. Results do not depend on it." };

    public static void UseThreads(int? threads)
    {
        if (threads is not { } count) return;
        Usage.Require(count is >= 1 and <= Team.MaxThreads, $"--threads is {count}, but it must be from 1 to {Team.MaxThreads}.");
        Team.Threads = count;
    }
}
