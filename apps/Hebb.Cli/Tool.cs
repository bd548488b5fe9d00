using System.CommandLine;

namespace Hebb.Cli;

/// <summary>The tool: finds the command, runs it, and turns every error into one sentence and an exit code.</summary>
internal static class Tool
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;
    public const int Canceled = 130;

    public static string Version { get; } = typeof(Tool).Assembly.GetName().Version!.ToString(3);

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter errors, CancellationToken cancellation = default)
    {
        Option<bool> verbose = new("--verbose") { Description = "Print the stack trace of an error.", Recursive = true };
        RootCommand root = new("Hebb: neural networks for C#.") { verbose };
        ICommand[] commands =
            [new TrainCommand(), new EvaluateCommand(), new PredictCommand(), new SummaryCommand(), new BenchCommand(), new DataCommand()];
        foreach (ICommand command in commands) root.Subcommands.Add(command.Build());
        // A text may begin with @, which is no file of options.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            errors.WriteLine($"hebb: {PlainText.Of(Mistake(parsed, root, args))}");
            return WrongUsage;
        }
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    Output = output,
                    Error = errors,
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = null, // signals come by the token
                },
                cancellation);
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("hebb: canceled.");
            return Canceled;
        }
        catch (Exception error) when (!parsed.GetValue(verbose))
        {
            errors.WriteLine($"hebb: {ErrorText.Of(error)}");
            return error is UsageException ? WrongUsage : Failed;
        }
    }

    /// <summary>What is wrong with the command line, and what to look at.</summary>
    private static string Mistake(ParseResult parsed, RootCommand root, string[] args)
    {
        string? word = args.FirstOrDefault(arg => !arg.StartsWith('-'));
        if (parsed.CommandResult.Command == root && word is not null)
        {
            string[] names = [.. root.Subcommands.Select(command => command.Name)];
            string? near = names.FirstOrDefault(name => Distance(name, word) <= 2);
            return $"There is no command '{word}'; "
                + (near is null ? $"give one of {string.Join(", ", names)}." : $"did you mean '{near}'?");
        }
        string help = parsed.CommandResult.Command == root ? "hebb --help" : $"hebb {parsed.CommandResult.Command.Name} --help";
        return $"{parsed.Errors[0].Message} See '{help}'.";
    }

    /// <summary>How many letters must be put in, taken out, replaced or swapped with the next to turn a word into another.</summary>
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }
                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }
        return d[a.Length, b.Length];
    }
}
