using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class CsvTests
{
    [Theory]
    [InlineData("a;b\n1;2\n3;4\n", 2), InlineData("a\tb\tc\n1\t2\t3\n", 3), InlineData("a|b\n1|x, y\n", 2), InlineData("a,b\n1,2\n", 2)]
    [InlineData("\"x;y\",b\n1,2\n", 2), InlineData("1,5;2,5\n3,5;4,5\n", 2), InlineData("t\nx; y\nu; v\n", 1)]
    [InlineData("city, state\tpop\nUlm, BW\t5\n", 2), InlineData("one\n1\n2\n", 1)]
    [InlineData("a;b;c\n\"1,5\";x, y;2\n\"3,5\";z;5\n", 3), InlineData("5,x", 2)]
    public void TheSeparatorIsFoundOut(string text, int columns)
    {
        Assert.Equal(columns, Read(text).Columns.Count);
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        Assert.Equal(columns, Csv.Read(path).Columns.Count);
        File.Delete(path);
    }

    [Theory]
    [InlineData('\n'), InlineData('\r'), InlineData('"'), InlineData('\ud800'), InlineData('\udc00')]
    public void WhatCannotSeparateCellsIsRefused(char separator) =>
        Assert.Throws<ArgumentException>(() => new CsvOptions { Separator = separator });

    [Fact]
    public void NulIsNoPartOfANumber()
    {
        string start = "a,b\n" + string.Concat(Enumerable.Repeat("1,1\n", 5000)); // where binary data is not looked for any more
        Assert.Contains("line 5002, column 1", Assert.Throws<FormatException>(() => Read(start + "2\0\0,2\n")).Message,
            StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Read("a,b\n1,1\n2,2\n").Column("1\0"));
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

    [Theory]
    [InlineData(""), InlineData("\"\""), InlineData("?"), InlineData("NA"), InlineData("na"), InlineData("\"NA\""), InlineData("N/A")]
    [InlineData("NaN"), InlineData("nan"), InlineData("null"), InlineData("NULL"), InlineData("None"), InlineData("-"), InlineData(".")]
    [InlineData("#N/A")]
    public void AColumnOfNumbersMayLackSomeAnywhere(string missing)
    {
        foreach (string[] cells in (string[][])[[missing, "5", "7"], ["5", missing, "7"], ["5", "7", missing]])
        {
            double[] numbers = Read("x,y\n" + string.Concat(cells.Select((cell, i) => $"{cell},{i}\n"))).Column("x").Numbers.ToArray();
            Assert.Equal([5, 7], numbers.Where(number => !double.IsNaN(number)));
            Assert.Equal(3, numbers.Length);
        }
        Assert.True(double.IsNaN(Read($"x,y\n{missing},1\n{missing},2\n", new CsvOptions { Header = true }).Columns[0].Numbers[1]));
    }

    [Fact]
    public void AColumnOfCategoriesLacksFewerWordsAndNoneInQuotes()
    {
        CsvTable table = Read("c,n\n-,1\n+,2\nnone,3\nNa,4\n\"NA\",5\n\"?\",6\nNA,7\nnan,8\nnull,9\n?,10\n,11\n\"\",12\n");
        Assert.Equal(["+", "-", "?", "NA", "Na", "none"], table.Column("c").Categories);
        Assert.Equal([1, 0, 5, 4, 3, 2, -1, -1, -1, -1, -1, -1], table.Column("c").Codes.ToArray());
    }

    [Fact]
    public void ATextStandsForItself()
    {
        CsvTable table = Read("t,n\nNA,1\n?,2\n,3\n7,4\n", new CsvOptions { Texts = ["t"] });
        Assert.Equal(["7", "?", "NA"], table.Column("t").Categories);
        Assert.Equal([2, 1, -1, 0], table.Column("t").Codes.ToArray());
    }

    [Fact]
    public void MixedColumnsCanBeForcedOrDropped()
    {
        const string mixed = "code,n\n7,1\nA7,2\n";
        Assert.Equal(["7", "A7"], Read(mixed, new CsvOptions { Categorical = ["code"] }).Column("code").Categories);
        CsvTable dropped = Read(mixed, new CsvOptions { Drop = ["code"] });
        Assert.Equal(["code", "n"], dropped.Names);
        Assert.Equal(("n", 2), (dropped.Columns.Single().Name, dropped.Columns[0].Number));
        Assert.Equal([1, 2], dropped.Column("2").Numbers.ToArray());
        Assert.Contains("column 'code' of 'x' was to be dropped and is needed",
            Assert.Throws<FormatException>(() => dropped.Column("code")).Message, StringComparison.Ordinal);
        Assert.Contains("no column 'c'", Refused(mixed, new CsvOptions { Drop = ["c"] }), StringComparison.Ordinal);
    }

    /// <summary>In whatever order the rows come, a column has one kind or is refused.</summary>
    [Fact]
    public void TheOrderOfRowsDoesNotChangeTheKind()
    {
        string[][] columns = [["1", "NaN", "-", "", "2.5"], ["a", "NA", "-", "", "b"], ["1", "a", "", "NA", "2"]];
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            foreach ((string[] cells, int kind) in columns.Select((cells, kind) => (cells, kind)))
            {
                random.Shuffle(cells);
                string text = string.Concat(cells.Select(cell => $"{cell},0\n"));
                CsvOptions options = new() { Header = false, Separator = ',' };
                if (kind == 2) Assert.Contains("column 1 ('column1')", Refused(text, options), StringComparison.Ordinal);
                else Assert.Equal(kind == 0, Read(text, options).Columns[0].IsNumeric);
            }
        }
    }

    [Theory]
    [InlineData("city,buys\nUlm,yes\nBonn,no\nUlm,yes\nBonn,no\nUlm,no\n", true, "'city, buys' was taken for the names")]
    [InlineData("Ulm,yes\nBonn,no\nUlm,yes\nBonn,no\nUlm,no\n", false, "'Ulm, yes' was taken for data")]
    [InlineData("a,b\nc,d\ne,f\n", false, "give Header = true if")]
    [InlineData("a,b\n?,x\n3,y\n", true, null), InlineData("1,b\n2,d\n", false, null), InlineData("nan,x\n3,y\n", false, "for data")]
    public void WhatIsAssumedAboutTheFirstRowIsSaid(string text, bool isHeader, string? notice)
    {
        CsvTable table = Read(text);
        Assert.Equal(isHeader, table.Columns[0].Name != "column1");
        if (notice is null) Assert.Empty(table.Notices);
        else Assert.Contains(notice, Assert.Single(table.Notices), StringComparison.Ordinal);
        Assert.Empty(Read(text, new CsvOptions { Header = isHeader }).Notices);
    }

    [Fact]
    public void AWordThatCountsAsMissingInNumbersAloneIsNamed() => Assert.Contains(
        "'x' line 3, column 1 ('a'): 'none' counts as a missing number; if it means something, give Categorical = [\"a\"].",
        Read("a,b\n1,2\nnone,3\n4,5\n").Notices);

    [Theory]
    [InlineData("year,1990,1991,1992\nUlm,3,5,4\nBonn,2,9,8\nKiel,1,7,1\nHof,5,5,5\n", true, "1990, 1991, 1992' was taken for the names")]
    [InlineData("0,1,2,3\n5,1,4,9\n2,8,1,1\n3,3,7,5\n9,1,2,2\n", true, "because its numbers count")]
    [InlineData("1990,2000,2010\n5,1,4\n2,8,1\n3,3,7\n9,1,2\n", true, "because its numbers count")]
    [InlineData("0,1\n.5,1.5\n.4,2.5\n.7,3.5\n.2,9.5\n", true, "because its numbers count")]
    [InlineData("400.5,403.1,404\n.5,.1,.4\n.2,.8,.1\n.3,.3,.7\n.9,.1,.2\n", true, "because its numbers are unlike those below")]
    [InlineData("101,205\n1.5,2.5\n99.5,700.5\n3.5,8.5\n4.5,1.5\n", true, "because its numbers are unlike those below")]
    [InlineData("0,1,2\n5,1,4\n2,8,1\n", false, "was taken for data, although its numbers count; give Header = true")]
    [InlineData("7,500,1\n3,2,5\n9,1,2\n1,3,5\n5,2,2\n", false, null)]
    [InlineData("7,500,900\n3,2,5\n9,1,2\n1,3,5\n5,2,2\n", false, "although most of its numbers are unlike those below")]
    [InlineData("Ulm,1,2,3\nBonn,5,1,4\nUlm,2,8,1\nBonn,3,3,7\nUlm,9,1,2\n", false, null)]
    [InlineData("1,2,3\n2,3,4\n3,4,5\n4,5,6\n5,6,7\n", false, null), InlineData("1,1\n2,4\n3,9\n4,16\n5,25\n", false, null)]
    [InlineData("1,2,3\n7,2,5\n1,9,2\n8,3,9\n5,2,3\n", false, "was taken for data, although its numbers count; give Header = true")]
    [InlineData("1,2,3,4,5,6\n7,1,5,1,5,1\n1,9,2,8,7,9\n8,3,9,9,9,6\n5,2,3,3,4,2\n", true, "because its numbers count")]
    [InlineData("5.1,3.5,1.4\n4.9,3,1.4\n4.7,3.2,1.3\n4.6,3.1,1.5\n5,3.6,1.4\n", false, null)]
    public void AFirstRowOfNumbersIsJudgedByThoseBelow(string text, bool isHeader, string? notice) =>
        WhatIsAssumedAboutTheFirstRowIsSaid(text, isHeader, notice);

    [Theory]
    [InlineData("a;b;c\n1;2;3\n4;5\n", "line 3: found 2 cells, expected 3"), InlineData("a;b\n1;2;3\n4;5;6\n", "line 2: found 3 cells")]
    [InlineData("a;b\n\"x\";1\ny\"z;3\n", "line 3, column 1: found a quote inside a cell")]
    [InlineData("a\tb\tc\n1, 2\t3\t4\n1\t2\n", "line 3: found 2 cells, expected 3")]
    public void OneRowThatIsOffDoesNotHideTheSeparator(string text, string part) =>
        Assert.Contains(part, Refused(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a.tsv", "neg\tbad, awful\npos\tgood, fine\n", '.', 2), InlineData("a.TAB.gz", "a, b\tc\nd, e\tf\n", '.', 2)]
    [InlineData("a.tsv", "text\nbad, awful\ngood, fine\n", '.', 1), InlineData("a.tsv", "a,b\n1,2\n", '.', 2)]
    [InlineData("a.csv", "x\n1,5\n2,5\n", ',', 1), InlineData("a.csv", "\"1,5\",3\n\"2,5\",4\n", ',', 2)]
    [InlineData("a.csv", "1,5\t3\n2,5\t4\n", ',', 2)]
    public void NameAndDecimalsAreWeighedForTheSeparator(string name, string text, char point, int columns) => Assert.Equal(columns,
        Csv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), name, new CsvOptions { Decimal = point }).Names.Count);

    [Fact]
    public void AQuoteInsideACellIsToldWhereTabsAreKnownToPartCells()
    {
        MemoryStream stream = new("neg\tfilm, the 5\" x\n"u8.ToArray());
        Assert.Contains("line 1, column 2: found a quote inside a cell",
            Assert.Throws<FormatException>(() => Csv.Read(stream, "a.tsv")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'size','y'\n1,2\n", "y", "the quotes in 'y' belong to the name; give one of 'size', 'y', or a number from 1 to 2.")]
    [InlineData("Size,y\n1,2\n", "size", "no column 'size'; did you mean Size? give one of Size, y, or")]
    [InlineData("\"size, m2\",y\n1,2\n", "size", "give one of 1 (for 'size, m2'), y, or a number from 1 to 2.")]
    [InlineData("1 a\n2 b\n", "size", "a number from 1 to 1; if something unusual parts its cells, say what, as in Separator = ' '.")]
    public void AColumnThatIsNotThereIsLookedFor(string text, string name, string part) =>
        Assert.Contains(part, Refused(text, new CsvOptions { Drop = [name] }), StringComparison.Ordinal);

    [Fact]
    public void SingleQuotesAreSaidToBelongToCells() => Assert.Equal(
        "'x' line 1: the quotes of 'size' count as a part of it; put double quotes around cells, or none, unless they are meant so.",
        Assert.Single(Read("'size',y\n1,2\n").Notices));

    [Fact]
    public void WordsThatMayStandForMissingCategoriesAreNamed()
    {
        Assert.Equal(
        [
            "'x' line 3, column 1 ('a'): 'NA' counts as a missing cell; if it means something, put it in quotes.",
            "'x' line 4, column 2 ('b'): 'None' counts as a category; if the value is missing, leave the cell empty, "
                + "and else put it in quotes.",
        ], Read("a,b,c\nDE,x,1\nNA,z,2\n?,None,3\n,y,4\n").Notices);
        Assert.Empty(Read("a,b,c\nDE,x,1\n\"NA\",\"None\",2\n?,,3\n").Notices);
    }

    [Fact]
    public void DecimalsMayStandBehindAComma()
    {
        const string prices = "1,5;-2,25\n3;4,5\n";
        CsvTable table = Read(prices, new CsvOptions { Decimal = ',' });
        Assert.Equal([1.5, 3], table.Columns[0].Numbers.ToArray());
        Assert.Equal([-2.25, 4.5], table.Columns[1].Numbers.ToArray());
        Assert.Equal(["price"], Read("price;b\n1,5;x\n", new CsvOptions { Drop = ["b"] }).Columns.Select(column => column.Name));
        Assert.Contains("'1.234', expected a number, as '1,5' in line 1; write such numbers as in 1234,5",
            Refused("1,5;2\n1.234;2\n", new CsvOptions { Decimal = ',' }), StringComparison.Ordinal);
        Assert.Contains("or give Decimal = '.' if it marks decimals",
            Refused("5;2\n1.234;2\n", new CsvOptions { Decimal = ',' }), StringComparison.Ordinal);
        Assert.Contains("';' was to stand before decimals",
            Assert.Throws<ArgumentException>(() => new CsvOptions { Decimal = ';' }).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00123", "123"), InlineData("-07", "-7"), InlineData("+49711234", "49711234")]
    [InlineData("12345678901234567891", "1.2345678901234567E+19"), InlineData("9007199254740993", "9007199254740992")]
    public void ANumberThatIsWrittenAsCodesAreIsNamed(string code, string number)
    {
        string text = $"zip,b\n5,2\n{code},3\n";
        Assert.Equal(
            $"'x' line 3, column 1 ('zip'): '{code}' counts as the number {number}; if it is a code, give Categorical = [\"zip\"].",
            Assert.Single(Read(text).Notices));
        Assert.Empty(Read(text, new CsvOptions { Numeric = ["zip"] }).Notices);
        Assert.Contains(code, Read(text, new CsvOptions { Categorical = ["zip"] }).Columns[0].Categories);
    }

    [Fact]
    public void FilesWithBareCarriageReturnsAreReadPastTheirFirstBlocks()
    {
        StringBuilder text = new("a;b\r");
        for (int i = 0; text.Length < 5 << 20; i++) text.Append(i).Append(';').Append(i % 7).Append('\r');
        CsvTable table = Read(text.ToString());
        Assert.Equal(["a", "b"], table.Columns.Select(column => column.Name));
        Assert.Equal(table.RowCount - 1, table.Column("a").Numbers[^1]);
    }

    [Fact]
    public void OrdinaryNumbersAreNoCodes() =>
        Assert.Empty(Read("a,b\n0,0.5\n-0.25,+1.5\n10,1e-20\n+5,9007199254740991\n0,0.12345678901234567890\n").Notices);

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
        Assert.Equal(["-3", "2", "10", "b", "é"],
            Read("b\n10\n2\né\n-3\n10", new CsvOptions { Header = false, Categorical = ["1"] }).Columns[0].Categories);

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
    [InlineData("a\n1\ninf\n", "line 3, column 1 ('a'): found 'inf', expected a number")]
    [InlineData("a\ninf\n1\n", "line 2, column 1 ('a'): found 'inf', expected a number, as '1' in line 3; correct the cell")]
    [InlineData("a,b\nx,1\nNA,2\n3,4\n", "line 2, column 1 ('a'): found 'x', expected a number, as '3' in line 4")]
    [InlineData("a,b\n5,1\nNA,2\nx,4\n", "line 4, column 1 ('a'): found 'x', expected a number, as '5' in line 2")]
    [InlineData("a;b\n3;1\n3,14;2\n", "line 3, column 1 ('a'): found '3,14', expected a number, as '3' in line 2; give Decimal = ','")]
    [InlineData("a;b\n1,234;1\n3;2\n", "line 2, column 1 ('a'): found '1,234', expected a number, as '3' in line 3; write such")]
    [InlineData("a;b\n1.5;1\n3,14;2\n", "found '3,14', expected a number, as '1.5' in line 2; write such numbers as in 1234.5")]
    [InlineData("a b\nx\n2\n", "or take all cells for categories (Categorical = [\"1\"])")]
    [InlineData("a\n1\n1e999\n", "found '1e999'")]
    [InlineData("a\n1\n1,5\n", "found 2 cells")]
    [InlineData("a,a\n1,2\n", "the name 'a' in columns 1 and 2")]
    [InlineData("1,\"x", "inside quotes")]
    [InlineData("1,\"x\"y\n", "'y' after a closing quote")]
    [InlineData("1,x\"y\n", "quote inside a cell")]
    [InlineData("a,b\n1,x\na,b\n", "line 3: found the names of the columns again, expected data; remove the line")]
    [InlineData("# by me\na,b\n1,2\n", "line 2: found 2 cells, expected 1 as in line 1; add or remove cells, or remove lines that are")]
    [InlineData("a,b\n1,2\n# note\n", "line 3: found 1 cells, expected 2 as in line 1; add or remove cells, or remove lines that are")]
    [InlineData("x\n1,5\n2,5\n", "line 2: found 2 cells, expected 1 as in line 1; give Decimal = ',' if that is one number")]
    [InlineData("column2,,y\n1,2,3\n", "the name 'column2' in columns 1 and 2, for one of which it was made up, expected")]
    [InlineData("a\n1\n0x1F\n", "found '0x1F', expected a number, as '1' in line 2; write such numbers in the decimal system")]
    [InlineData("a\n1\n1_343\n", "found '1_343', expected a number, as '1' in line 2; write such numbers as in 1234.5")]
    public void Bad_tables_are_refused_with_line_and_column(string text, string part) =>
        Assert.Contains(part, Refused(text), StringComparison.Ordinal);

    /// <summary>Beyond the first bytes, by which files that hold no text are known.</summary>
    [Theory]
    [InlineData("1,x\0y\n", "line 3, column 2: found a character of value 0 (NUL), expected text; remove it")]
    [InlineData("\"x\0\",1\n", "line 3, column 1: found a character of value 0 (NUL)")]
    public void ANulInACellIsRefused(string row, string part) =>
        Assert.Contains(part, Refused($"a,b\n{new string('n', 70)},1\n{row}"), StringComparison.Ordinal);

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
        using MemoryStream packed = new(TestGzip.Bomb("a\n1\n\n"u8, 64));
        string message = Assert.Throws<FormatException>(() => Csv.Read(packed, "x", small)).Message;
        Assert.Contains($"found {(64 << 20) + 5} unpacked bytes stated at the file's end", message, StringComparison.Ordinal);
        Assert.InRange(packed.Position, 0, 1 << 17); // no more than was looked at for the separator
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
