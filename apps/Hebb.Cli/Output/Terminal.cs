using Spectre.Console;

namespace Hebb.Cli;

/// <summary>What kind of place the output goes to.</summary>
internal static class Terminal
{
    private const int RedirectedWidth = 200;

    /// <summary>Whether the output is a terminal that a person looks at, so that it may be redrawn.</summary>
    public static bool IsInteractive(TextWriter output) =>
        ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;

    /// <summary>A console for tables; redirected ones are wide enough that nothing wraps.</summary>
    public static IAnsiConsole Console(TextWriter output)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!IsInteractive(output)) console.Profile.Width = RedirectedWidth;
        return console;
    }
}
