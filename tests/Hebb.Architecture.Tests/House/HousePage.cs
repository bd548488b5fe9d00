using System.Text;
using Hebb.Architecture.Tests.Model;

namespace Hebb.Architecture.Tests.House;

/// <summary>The house as a table in Markdown.</summary>
internal static class HousePage
{
    public static string Write(Structure house)
    {
        StringBuilder page = new("""
            # The house

            Rooms are folders of sources. Light falls one way: a room uses only rooms above it in this table. After the name of each
            room that it uses stands how many of that room's types it uses. The architecture tests write this page and the picture.

            ![The rooms of the house and who uses whom](house.svg)

            | room | what is in it | files | lines | uses |
            |---|---|---:|---:|---|

            """);
        foreach (Room room in house.Rooms)
        {
            string uses = string.Join(
                ", ", house.Arrows.Where(arrow => arrow.From == room)
                .Select(arrow => arrow.Bad ? $"**{arrow.To} {arrow.Types}**" : $"{arrow.To} {arrow.Types}"));
            page.Append(
                $"| `{room}` | {room.Purpose} | {house.Files[room].Count()} | {house.Files[room].Sum(file => file.Lines)} | {uses} |\n");
        }

        Arrow[] bad = [.. house.Arrows.Where(arrow => arrow.Bad)];
        page.Append("\nArrows against the light: "
            + $"{(bad is [] ? "none" : string.Join(", ", bad.Select(arrow => $"{arrow.From} to {arrow.To}")))}.\n");
        IEnumerable<string> circles = house.Circles.Select(circle => string.Join(", ", circle));
        page.Append($"Circles: {(house.Circles is [] ? "none" : string.Join("; ", circles))}.\n");
        return page.ToString();
    }
}
