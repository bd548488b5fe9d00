using System.CommandLine;
using System.CommandLine.Parsing;

namespace Hebb.Cli;

/// <summary>What is wrong with the options of a command line, of which the parser takes unknown ones for data.</summary>
internal static class OptionMistakes
{
    /// <summary>The first mistake, and what to do; null if there is none.</summary>
    public static string? In(ParseResult parsed, string[] args)
    {
        CommandResult line = parsed.CommandResult;
        HashSet<string> data =
        [
            .. parsed.UnmatchedTokens,
            .. line.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value),
        ];
        // Behind -- stands data, whatever it looks like.
        string? unknown = args.TakeWhile(arg => arg != "--").FirstOrDefault(arg => IsOption(arg) && data.Contains(arg));
        return unknown is not null ? Unknown(unknown.Split('=', ':')[0], line.Command)
            : line.Children.OfType<OptionResult>().Select(Repeated).FirstOrDefault(mistake => mistake is not null);
    }

    private static bool IsOption(string arg) => arg is ['-', '-', ..] or ['-', >= 'a' and <= 'z' or >= 'A' and <= 'Z', ..];

    private static string Unknown(string option, Command command)
    {
        string start = $"'{Called(command)}' has no option '{option}'";
        string[] others = [.. Below(Root(command)).Where(other => Own(other).Contains(option)).Select(other => $"'{Called(other)}'")];
        if (others.Length > 0) return $"{start}, but {string.Join(" and ", others)}; leave it out.";
        string? near = Own(command).Concat(command.Parents.OfType<Command>().SelectMany(Own))
            .Where(name => IsMeant(name, option)).MinBy(name => Tool.Distance(name, option));
        return near is null ? $"{start}; see '{Called(command)} --help'." : $"{start}; did you mean '{near}'?";
    }

    /// <summary>Whether a name may be meant: a slip, cut short, or its words spelled out, as --learning-rate for --lr.</summary>
    private static bool IsMeant(string name, string typed)
    {
        (string meant, string word) = (name.TrimStart('-'), typed.TrimStart('-'));
        return Tool.Distance(meant, word) <= (word.Length > 3 ? 2 : 1)
            || (word.Length > 2 && meant.StartsWith(word, StringComparison.Ordinal))
            || meant == string.Concat(word.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(part => part[0]));
    }

    private static string? Repeated(OptionResult given)
    {
        ArgumentArity values = given.Option.Arity;
        if (given.Implicit || values.MinimumNumberOfValues == 0) return null;
        if (given.IdentifierTokenCount > values.MaximumNumberOfValues) return $"{given.Option.Name} is given twice; give it once.";
        return given.Tokens.Count < given.IdentifierTokenCount && given.Tokens.Count > 0
            ? $"{given.Option.Name} is given without a value; give one there, or leave it out." : null;
    }

    private static IEnumerable<string> Own(Command command) => command.Options.Select(option => option.Name);

    private static Command Root(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } above ? Root(above) : command;

    private static IEnumerable<Command> Below(Command command) => command.Subcommands.SelectMany(Below).Prepend(command);

    private static string Called(Command command) => command is RootCommand ? "hebb"
        : string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(Called).Append(command.Name));
}
