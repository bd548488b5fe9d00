namespace Hebb.Architecture.Tests.Model;

/// <summary>The rooms of the house, in the order in which light falls: a room may use those above it, never one below.</summary>
internal static class HousePlan
{
    /// <summary>All rooms that the house has or will have, from the foundation on.</summary>
    public static IReadOnlyList<Room> Rooms { get; } =
    [
        new("Hebb.Kernels", "src/Hebb.Kernels", "Hebb.Kernels", "loops over spans; the only unsafe code"),
        new("Core", "src/Hebb/Core", "Hebb", "shapes, storage, tensors, the forms of an op"),
        new("Ops/Basic", "src/Hebb/Ops/Basic", "Hebb", "the ops that differentiation is written with"),
        new("Autograd", "src/Hebb/Autograd", "Hebb", "gradients and their check"),
        new("Ops", "src/Hebb/Ops", "Hebb", "all other ops, one a file"),
        new("Graphs", "src/Hebb/Graphs", "Hebb", "traces, passes, plans"),
        new("Files", "src/Hebb/Files", "Hebb.Files", "bytes to arrays and back"),
        new("Layers", "src/Hebb/Layers", "Hebb.Layers", "modules, parameters, start values"),
        new("Losses", "src/Hebb/Losses", "Hebb.Losses", "named losses with their reductions"),
        new("Optim", "src/Hebb/Optim", "Hebb.Optim", "update rules, schedules, clipping"),
        new("Data", "src/Hebb/Data", "Hebb.Data", "data sets, loaders, splits, scalers"),
        new("Training", "src/Hebb/Training", "Hebb.Training", "compiled steps, trainer, metrics"),
        new("Diagnostics", "src/Hebb/Diagnostics", "Hebb.Diagnostics", "summary and monitors"),
        new("Models", "src/Hebb/Models", "Hebb.Models", "ready networks"),
        new("Hebb.Neurons", "src/Hebb.Neurons", "Hebb.Neurons", "neurons, synapses, populations"),
        new("Hebb.Classics", "src/Hebb.Classics", "Hebb.Classics", "perceptrons, associative memories"),
        new("Hebb.Plots", "src/Hebb.Plots", "Hebb.Plots", "figures as SVG"),
        new("Hebb.Exchange", "src/Hebb.Exchange", "Hebb.Exchange", "other programs' formats"),
        new("Hebb.Cli", "apps/Hebb.Cli", "Hebb.Cli", "the command-line tool"),
    ];

    /// <summary>Rooms that see less than all that is above them, and what they see.</summary>
    private static readonly Dictionary<string, string[]> s_narrow = new()
    {
        ["Files"] = ["Core"],
        ["Hebb.Plots"] = [],
    };

    /// <summary>Rooms that others do not use, and who alone may.</summary>
    private static readonly Dictionary<string, string[]> s_reserved = new()
    {
        ["Hebb.Kernels"] =
            ["Core", "Ops/Basic", "Autograd", "Ops", "Graphs", "Optim", "Data", "Training", "Hebb.Neurons", "Hebb.Classics", "Hebb.Cli"],
        ["Diagnostics"] = ["Hebb.Cli"],
    };

    /// <summary>The room with a name.</summary>
    public static Room Of(string name) => Rooms.First(room => room.Name == name);

    /// <summary>The room that holds a file: the one with the longest folder that the path starts with; null outside the house.</summary>
    public static Room? Holding(string path) =>
        Rooms.Where(room => path.StartsWith(room.Folder + "/", StringComparison.Ordinal)).MaxBy(room => room.Folder.Length);

    /// <summary>Where a room stands, 0 for the foundation.</summary>
    public static int Level(Room room) => Rooms.ToList().IndexOf(room);

    /// <summary>Null if the first room may use the second, else why not.</summary>
    public static string? Objection(Room user, Room used)
    {
        if (Level(used) > Level(user)) return $"{used} is below {user}";
        if (s_narrow.TryGetValue(user.Name, out string[]? seen) && !seen.Contains(used.Name))
        {
            return seen is [] ? $"{user} knows nothing else of Hebb" : $"{user} knows only {string.Join(", ", seen)}";
        }

        return s_reserved.TryGetValue(used.Name, out string[]? users) && !users.Contains(user.Name)
            ? $"{used} may be used only by {string.Join(", ", users)}"
            : null;
    }
}
