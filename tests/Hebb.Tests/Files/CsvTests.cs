using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class CsvTests
{
    [Theory]
    [InlineData("a;b\n1;2\n3;4\n", 2), InlineData("a\tb\tc\n1\t2\t3\n", 3), InlineData("a|b\n1|x, y\n", 2), InlineData("a,b\n1,2\n", 2)]
    [InlineData("\"x;y\",b\n1,2\n", 2), InlineData("one\n1\n2\n", 1), InlineData("a;b;c\n\"1,5\";x, y;2\n3;4;5\n", 3), InlineData("5,x", 2)]
    public void TheSeparatorIsFoundOut(string text, int columns)
    {
        Assert.Equal(columns, Read(text).Columns.Count);
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        Assert.Equal(columns, Csv.Read(path).Columns.Count);
        File.Delete(path);
    }

    [Fact]
    public void A_first_row_of_text_above_numbers_is_a_header()
    {
        CsvTable table = Read("age,city\n3,Rome\n4.5e1,\"Kraków\"\n");
        Assert.Equal(["age", "city"], table.Columns.Select(column => column.Name));
        Assert.Equal([3, 45], table.Column("age").Numbers.ToArray());
        Assert.Equal(["Kraków", "Rome"], table.Column("city").Categories);
        Assert.Equal([1, 0], table.Column("2").Codes.ToArray());
        Assert.Equal(3, table.LineOf(1));
    }

    [Fact]
    public void Without_text_above_numbers_there_is_no_header_unless_forced()
    {
        Assert.Equal(3, Read("a,b\nc,d\ne,f").RowCount);
        Assert.Equal(2, Read("a,b\nc,d\ne,f", new CsvOptions { Header = true }).RowCount);
        Assert.Equal(2, Read("1,2\n3,4").RowCount);
        CsvTable forced = Read("age,1\n3,4", new CsvOptions { Header = false, Categorical = ["1"] });
        Assert.Equal(["column1", "column2"], forced.Columns.Select(column => column.Name));
        Assert.Equal(["3", "age"], forced.Columns[0].Categories);
        Assert.Equal("1", Read("1,2\n3,4", new CsvOptions { Header = true }).Columns[0].Name);
    }

    [Fact]
    public void Missing_cells_do_not_decide_the_kind()
    {
        CsvTable table = Read(",?,x\nNA,a,y\n7,,?\n");
        Assert.Equal([double.NaN, double.NaN, 7], table.Columns[0].Numbers.ToArray());
        Assert.Equal([-1, 0, -1], table.Columns[1].Codes.ToArray());
        Assert.Equal([0, 1, -1], table.Columns[2].Codes.ToArray());
        Assert.True(Read(",1\n?,2").Columns[0].IsNumeric);
    }

    [Fact]
    public void Quotes_spaces_and_line_ends_follow_the_standard()
    {
        CsvTable table = Read(
            "\uFEFFname , note\r\n\"a,b\", \" x \"\"y\"\"\"  \r\n\r\n\"two\nlines\" ,3 ft\r  plain text ,NA",
            new CsvOptions { Header = true });
        Assert.Equal(["name", "note"], table.Columns.Select(column => column.Name));
        Assert.Equal(["a,b", "plain text", "two\nlines"], table.Columns[0].Categories);
        Assert.Equal([" x \"y\"", "3 ft"], table.Columns[1].Categories);
        Assert.Equal([0, 1, -1], table.Columns[1].Codes.ToArray());
        Assert.Equal([2, 4, 6], Enumerable.Range(0, 3).Select(table.LineOf));
    }

    [Fact]
    public void Categories_sort_whole_numbers_by_size_and_then_text() =>
        Assert.Equal(["-3", "2", "10", "b", "é"], Read("b\n10\n2\né\n-3\n10", new CsvOptions { Header = false }).Columns[0].Categories);

    [Fact]
    public void A_separator_can_be_chosen_and_columns_forced()
    {
        CsvTable table = Read("1\t2.5\n2\t3.5", new CsvOptions { Separator = '\t', Categorical = ["2"] });
        Assert.Equal(["2.5", "3.5"], table.Columns[1].Categories);
        Assert.Contains("column 1 ('column1'): found 'x', expected a number",
            Refused("x\ny", new CsvOptions { Numeric = ["column1"] }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "no rows")]
    [InlineData("\n\r\n \n", "no rows")]
    [InlineData("a,b\n1,2\n3\n", "line 3: found 1 cells, expected 2")]
    [InlineData("a,b\n1,2\n3,4,5\n", "line 3: found 3 cells, expected 2")]
    [InlineData("a,b\n1,2\n3,x\n", "line 3, column 2 ('b'): found 'x', expected a number")]
    [InlineData("a\n1\nNaN\n", "found 'NaN'")]
    [InlineData("a\n1\n1e999\n", "found '1e999'")]
    [InlineData("a\n1\n1,5\n", "found 2 cells")]
    [InlineData("a,a\n1,2\n", "the name 'a' in columns 1 and 2")]
    [InlineData("1,\"x", "inside quotes")]
    [InlineData("1,\"x\"y\n", "'y' after a closing quote")]
    [InlineData("1,x\"y\n", "quote inside a cell")]
    public void Bad_tables_are_refused_with_line_and_column(string text, string part) =>
        Assert.Contains(part, Refused(text), StringComparison.Ordinal);

    [Fact]
    public void A_lone_header_and_unknown_columns_are_refused()
    {
        Assert.Contains("header only", Refused("a,b\n", new CsvOptions { Header = true }), StringComparison.Ordinal);
        Assert.Contains(
            "no column 'c'; give one of a, b, or a number from 1 to 2", Refused("a,b\n1,2", new CsvOptions { Categorical = ["c"] }),
            StringComparison.Ordinal);
        Assert.Contains(
            "no column '3'", Assert.Throws<FormatException>(() => Read("a,b\n1,2").Column("3")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused_with_the_line()
    {
        string message = ReaderFuzz.Refused([.. "a\n1\n"u8, 0xe9, (byte)'\n'], ReadAny);
        Assert.Contains("not UTF-8", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_larger_than_a_block_keep_rows_and_characters_whole()
    {
        StringBuilder text = new("n,t\n");
        for (int i = 0; i < 40_000; i++) text.Append(i).Append(",\"é€😀").Append(i % 7).Append("\"\r\n");
        CsvTable table = Read(text.ToString());
        Assert.Equal(40_000, table.RowCount);
        Assert.Equal(39_999, table.Columns[0].Numbers[39_999]);
        Assert.Equal(["é€😀0", "é€😀1", "é€😀2", "é€😀3", "é€😀4", "é€😀5", "é€😀6"], table.Columns[1].Categories);
        Assert.Equal(40_001, table.LineOf(39_999));
    }

    [Fact]
    public void Bombs_are_refused()
    {
        CsvOptions small = new() { Limit = 1 << 20 };
        Assert.Contains(
            "raise the limit", ReaderFuzz.Refused(TestGzip.Bomb("a\n1\n\n"u8, 64), stream => Csv.Read(stream, "x", small)),
            StringComparison.Ordinal);
        byte[] commas = TestGzip.Pack([.. Enumerable.Repeat((byte)',', 1 << 20)]);
        Assert.Contains("more than 65536 cells", ReaderFuzz.Refused(commas, ReadAny), StringComparison.Ordinal);
    }

    [Fact]
    public void Fuzz()
    {
        byte[] valid = Encoding.UTF8.GetBytes("a,b,\"c d\"\r\n1,x,\"y,\"\"z\"\n2.5,?,NA\n-3e2,\"é\",\n");
        Assert.True(ReaderFuzz.Run(valid, ReadAny, rounds: 6000) > 500);
        ReaderFuzz.Run(TestGzip.Pack(valid), ReadAny);
    }

    private static void ReadAny(Stream stream) => Csv.Read(stream, "x");

    private static CsvTable Read(string text, CsvOptions? options = null) =>
        Csv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x", options);

    private static string Refused(string text, CsvOptions? options = null) =>
        ReaderFuzz.Refused(Encoding.UTF8.GetBytes(text), stream => Csv.Read(stream, "x", options));
}
