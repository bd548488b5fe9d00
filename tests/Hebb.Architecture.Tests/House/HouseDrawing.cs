using System.Text;
using Hebb.Architecture.Tests.Model;

namespace Hebb.Architecture.Tests.House;

/// <summary>
/// The house as a staircase in SVG: rooms stand on the diagonal; a line runs from a room to the left and, where it uses a room above,
/// turns up into that room at a plate with the number of types. What goes against the light runs on the other side, in red.
/// </summary>
internal static class HouseDrawing
{
    private const int Left = 28;
    private const int Top = 84;
    private const int StepX = 56;
    private const int StepY = 46;
    private const int Width = 124;
    private const int Height = 30;
    private const int Stem = 22;

    public static string Write(Structure house)
    {
        int wide = Left + (house.Rooms.Count - 1) * StepX + Width + 290;
        int high = Top + house.Rooms.Count * StepY + 10;
        StringBuilder svg = new($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"
              font-family="DejaVu Sans, Verdana, sans-serif">
            <title>The rooms of the house and who uses whom</title>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="{Left}" y="36" font-size="20" font-weight="bold" fill="#222">The house</text>
            <text x="{Left}" y="60" font-size="13" fill="#555">A room uses the rooms above it: follow its line to the left,
                then up. A plate says how many types it uses.</text>

            """);
        foreach (Room room in house.Rooms)
        {
            svg.Append($"""<text x="{X(house, room) + Width + 10}" y="{Y(house, room)
                + 20}" font-size="12" fill="#555">{room.Purpose}</text>""").Append('\n');
        }

        foreach (Arrow arrow in house.Arrows.OrderBy(arrow => arrow.Bad)) Line(svg, house, arrow);
        foreach (Arrow arrow in house.Arrows.OrderBy(arrow => arrow.Bad)) Plate(svg, house, arrow);
        foreach (Room room in house.Rooms) Box(svg, house, room);
        return svg.Append("</svg>\n").ToString();
    }

    private static int X(Structure house, Room room) => Left + house.Rooms.ToList().IndexOf(room) * StepX;

    private static int Y(Structure house, Room room) => Top + house.Rooms.ToList().IndexOf(room) * StepY;

    /// <summary>Where an arrow turns, and whether it runs to a room below.</summary>
    private static (int X, int Y, bool Down) Corner(Structure house, Arrow arrow)
    {
        bool down = HousePlan.Level(arrow.To) > HousePlan.Level(arrow.From);
        return (X(house, arrow.To) + (down ? Width - Stem : Stem), Y(house, arrow.From) + Height / 2, down);
    }

    private static void Line(StringBuilder svg, Structure house, Arrow arrow)
    {
        (int x, int y, bool down) = Corner(house, arrow);
        int start = X(house, arrow.From) + (down ? Width : 0);
        int end = Y(house, arrow.To) + (down ? 0 : Height);
        int foot = down ? end - 6 : end + 6;
        (string color, string thick) = arrow.Bad ? ("#c8102e", "2.5") : ("#9aa7b5", "1.3");
        svg.Append($"""<g stroke="{color}" stroke-width="{thick}" fill="none"><title>{arrow.From} uses {arrow.To}</title>""");
        svg.Append($"""<path d="M{start} {y}H{x}V{foot}"/>""");
        svg.Append($"""<path d="M{x - 4} {foot}L{x} {end}L{x + 4} {foot}Z" fill="{color}"/></g>""").Append('\n');
    }

    private static void Plate(StringBuilder svg, Structure house, Arrow arrow)
    {
        (int x, int y, _) = Corner(house, arrow);
        (string fill, string ink) = arrow.Bad ? ("#c8102e", "#fff") : ("#e8eef5", "#223");
        svg.Append($"""<rect x="{x - 13}" y="{y - 9}" width="26" height="18" rx="5" fill="{fill}" stroke="#fff"/>""");
        svg.Append($"""<text x="{x}" y="{y + 4}" font-size="11" text-anchor="middle" fill="{ink}">{arrow.Types}</text>""").Append('\n');
    }

    private static void Box(StringBuilder svg, Structure house, Room room)
    {
        (int x, int y) = (X(house, room), Y(house, room));
        string fill = room.Folder.StartsWith("apps/", StringComparison.Ordinal) ? "#8a5a00"
            : room.Folder.StartsWith("src/Hebb/", StringComparison.Ordinal) ? "#1f5fa8"
            : room.Name == "Hebb.Kernels" ? "#243447" : "#2f7d4f";
        svg.Append($"""<rect x="{x}" y="{y}" width="{Width}" height="{Height}" rx="6" fill="{fill}"/>""");
        svg.Append($"""<text x="{x + Width / 2}" y="{y + 20}" font-size="13" font-weight="bold" text-anchor="middle" """);
        svg.Append($"""fill="#fff">{room}</text>""").Append('\n');
    }
}
