using Hebb.Architecture.Tests.Model;

namespace Hebb.Architecture.Tests.House;

/// <summary>An arrow of the house: a room, one that it uses, and how many of its types.</summary>
internal sealed record Arrow(Room From, Room To, int Types, bool Bad);

/// <summary>The rooms that have sources, and who uses whom.</summary>
internal sealed class Structure
{
    public Structure(CodeBase code)
    {
        IReadOnlyList<Use> uses = code.Uses;
        Rooms = [.. HousePlan.Rooms.Where(room => code.Files.Any(file => file.Room == room))];
        Files = code.Files.Where(file => file.Room is not null).ToLookup(file => file.Room!);
        Dictionary<(Room From, Room To), int> counts = uses.GroupBy(use => (use.From, use.To))
            .ToDictionary(group => group.Key, group => group.Select(use => use.Name.Split('.')[0]).Distinct().Count());
        Circles = FindCircles([.. counts.Keys]);
        Arrows =
        [
            .. from pair in counts
               orderby HousePlan.Level(pair.Key.From), HousePlan.Level(pair.Key.To)
               let circular = Circles.Any(circle => circle.Contains(pair.Key.From) && circle.Contains(pair.Key.To))
               select new Arrow(
                   pair.Key.From, pair.Key.To, pair.Value, circular || HousePlan.Objection(pair.Key.From, pair.Key.To) is not null),
        ];
    }

    public IReadOnlyList<Room> Rooms { get; }

    public ILookup<Room, SourceFile> Files { get; }

    public IReadOnlyList<Arrow> Arrows { get; }

    /// <summary>Sets of rooms from each of which every other can be reached.</summary>
    public IReadOnlyList<IReadOnlyList<Room>> Circles { get; }

    private List<IReadOnlyList<Room>> FindCircles(HashSet<(Room From, Room To)> pairs)
    {
        HashSet<(Room From, Room To)> reach = [.. pairs];
        foreach (Room via in Rooms)
        {
            foreach (Room from in Rooms.Where(from => reach.Contains((from, via))))
            {
                reach.UnionWith(Rooms.Where(to => reach.Contains((via, to))).Select(to => (from, to)));
            }
        }

        List<IReadOnlyList<Room>> circles = [];
        foreach (Room room in Rooms.Where(room => reach.Contains((room, room)) && !circles.Any(circle => circle.Contains(room))))
        {
            circles.Add([.. Rooms.Where(other => reach.Contains((room, other)) && reach.Contains((other, room)))]);
        }

        return circles;
    }
}
