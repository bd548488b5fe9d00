using System.CommandLine;
using System.CommandLine.Parsing;

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
        root.SetAction(parsed => ShowStart(root, parsed.InvocationConfiguration.Output));
        ICommand[] commands =
            [new TrainCommand(), new EvaluateCommand(), new PredictCommand(), new SummaryCommand(), new BenchCommand(), new DataCommand()];
        foreach (ICommand command in commands) root.Subcommands.Add(command.Build());
        // A text may begin with @, which is no file of options.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if ((OptionMistakes.In(parsed, args) ?? Empty(parsed.RootCommandResult) ?? Mistake(parsed)) is { } mistake)
        {
            errors.WriteLine($"hebb: {PlainText.Of(mistake)}");
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
            // The message would wait for work that was let go while it writes to a reader that takes nothing.
            Task.Run(() => errors.WriteLine("hebb: canceled."), CancellationToken.None).Wait(Abandonable.Patience, CancellationToken.None);
            return Canceled;
        }
        catch (Exception error) when (!parsed.GetValue(verbose))
        {
            errors.WriteLine($"hebb: {ErrorText.Of(error)}");
            return error is UsageException ? WrongUsage : Failed;
        }
    }

    /// <summary>Says what there is, and how to begin.</summary>
    private static int ShowStart(RootCommand root, TextWriter output)
    {
        int width = root.Subcommands.Max(command => command.Name.Length);
        output.WriteLine("hebb trains, checks and uses neural networks: hebb COMMAND [options], where COMMAND is one of");
        foreach (Command command in root.Subcommands) output.WriteLine($"  {command.Name.PadRight(width)}  {command.Description}");
        output.WriteLine("Begin with a set that needs no files, and look at what it has learnt:");
        output.WriteLine("  hebb train digits --epochs 2 --out runs/first");
        output.WriteLine("  hebb evaluate runs/first");
        output.WriteLine("'hebb COMMAND --help' says what a command takes.");
        return Done;
    }

    /// <summary>What is wrong if an option or an argument is there and empty; null if none is.</summary>
    private static string? Empty(SymbolResult result)
    {
        string? name = result switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult argument => argument.Argument.Name,
            _ => null,
        };
        if (name is not null && result.Tokens.Any(token => token.Value.Length == 0))
            return $"{name} is empty; give a value there, or leave it out.";
        return result is CommandResult command ? command.Children.Select(Empty).FirstOrDefault(mistake => mistake is not null) : null;
    }

    /// <summary>What is wrong with the command line, and what to look at; null if nothing is.</summary>
    private static string? Mistake(ParseResult parsed)
    {
        if (parsed.Errors.Count == 0) return null;
        Command command = parsed.CommandResult.Command;
        string name = FullName(command), other = $"{parsed.Errors[0].Message} See '{name} --help'.";
        if (command.Subcommands.Count == 0) return other;
        string[] names = [.. command.Subcommands.Select(one => one.Name)];
        string choice = $"give one of {string.Join(", ", names)}.";
        string? word = parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith('-'));
        if (word is null) return parsed.UnmatchedTokens.Count > 0 ? other : $"'{name}' needs a command; {choice}";
        string? near = names.Where(one => Distance(one, word) <= 2).MinBy(one => Distance(one, word));
        return $"There is no command '{word}'; {(near is null ? choice : $"did you mean '{near}'?")}";
    }

    private static string FullName(Command command) => command is RootCommand ? "hebb"
        : string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(FullName).Append(command.Name));

    /// <summary>How many letters must be put in, taken out, replaced or swapped with the next to turn a word into another.</summary>
    public static int Distance(string a, string b)
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
