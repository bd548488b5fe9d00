using System.CommandLine;

namespace Hebb.Cli;

/// <summary>One of the tool's commands: its options, and what it does.</summary>
internal interface ICommand
{
    /// <summary>The command with its options and its action.</summary>
    Command Build();
}
