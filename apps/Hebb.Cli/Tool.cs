using System.CommandLine;

namespace Hebb.Cli;

/// <summary>The tool: finds the command, runs it, and turns every error into one sentence and an exit code.</summary>
internal static class Tool
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int Canceled = 130;

    public static string Version { get; } = typeof(Tool).Assembly.GetName().Version?.ToString(3) ?? "";

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        Option<bool> verbose = new("--verbose") { Description = "Print the stack trace of an error.", Recursive = true };
        RootCommand root = new("Hebb: neural networks for C#.") { verbose };
        ICommand[] commands =
            [new TrainCommand(), new EvaluateCommand(), new PredictCommand(), new SummaryCommand(), new BenchCommand(), new DataCommand()];
        foreach (ICommand command in commands) root.Subcommands.Add(command.Build());
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine($"hebb: {parsed.Errors[0].Message} Run 'hebb --help' for the commands.");
            return WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false }, cancellation);
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("hebb: canceled.");
            return Canceled;
        }
        catch (Exception error) when (!parsed.GetValue(verbose))
        {
            errors.WriteLine($"hebb: {error.Message}");
            return error is UsageException ? WrongUsage : Failed;
        }
    }
}
