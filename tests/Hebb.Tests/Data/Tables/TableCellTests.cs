using System.Text.Json;
using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class TableCellTests
{
    [Fact]
    public void CellsAreMadeOfAllThatRowsHold()
    {
        TableCell[] cells =
            [TableCell.Of(150m), 150UL, 150f, (byte)150, 150u, (short)150, 'c', TableCell.Of((int?)150), TableCell.Of((double?)null)];
        Assert.Equal(
            ["150", "150", "150", "150", "150", "150", "'c'", "150", "nothing"], cells.Select(cell => cell.ToString()));
        JsonElement json = JsonDocument.Parse("""{"a":1.5,"b":"x","c":true,"d":null,"e":[1]}""").RootElement;
        Assert.Equal(["1.5", "'x'", "true", "nothing"],
            new[] { "a", "b", "c", "d" }.Select(name => TableCell.Of(json.GetProperty(name)).ToString()));
        Assert.Contains(
            "Array", Assert.Throws<ArgumentException>(() => TableCell.Of(json.GetProperty("e"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACellIsANumberATextATruthOrNothing()
    {
        TableCell number = 2.5, text = "cook", truth = true, none = (string?)null, whole = 7;
        Assert.Equal((2.5, null, null, false), (number.Number, number.Text, number.Truth, number.IsMissing));
        Assert.Equal((null, "cook", null, false), (text.Number, text.Text, text.Truth, text.IsMissing));
        Assert.Equal((null, null, true, false), (truth.Number, truth.Text, truth.Truth, truth.IsMissing));
        Assert.True(none.IsMissing && default(TableCell).IsMissing && ((TableCell)double.NaN).IsMissing);
        Assert.Equal(["2.5", "'cook'", "true", "nothing", "7"], new[] { number, text, truth, none, whole }.Select(cell => cell.ToString()));
        Assert.True(number == 2.5 && number != text && whole == 7.0 && text == TableCell.Of("cook"));
        Assert.Contains("Version", Assert.Throws<ArgumentException>(() => TableCell.Of(new Version())).Message, StringComparison.Ordinal);
    }
}
