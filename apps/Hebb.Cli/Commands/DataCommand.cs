using System.CommandLine;
using Hebb.Data;

namespace Hebb.Cli;

/// <summary>hebb data list|path: the known data sets, and where they are looked for.</summary>
internal sealed class DataCommand : ICommand
{
    private readonly Option<string?> _root = new("--data-root")
    {
        Description = "The folder with known data sets; the environment variable HEBB_DATA by default.",
        Recursive = true
    };

    public Command Build()
    {
        Command list = new("list", "List the data sets known by name.");
        list.SetAction(parsed => List(parsed));
        Command path = new("path", "Print the folder in which data sets are looked for.");
        path.SetAction(parsed => PrintPath(parsed));
        return new Command("data", "Data sets.") { list, path, _root };
    }

    private string? Root(ParseResult parsed) => parsed.GetValue(_root) ?? DataArguments.DefaultRoot;

    private int List(ParseResult parsed)
    {
        string? root = Root(parsed);
        int width = DataCatalog.Entries.Max(entry => entry.Name.Length);
        foreach (DataEntry entry in DataCatalog.Entries)
        {
            string state = entry.Files.Count == 0 ? "built in" : entry.IsPresent(root) ? "present" : "absent";
            parsed.InvocationConfiguration.Output.WriteLine($"{entry.Name.PadRight(width)}  {state,-8}  {entry.Summary}");
        }
        return Tool.Done;
    }

    private int PrintPath(ParseResult parsed)
    {
        string root = Root(parsed)
            ?? throw new UsageException("No data root is set; set HEBB_DATA, or pass --data-root, to the folder that holds the data sets.");
        parsed.InvocationConfiguration.Output.WriteLine(Path.GetFullPath(root));
        return Tool.Done;
    }
}
