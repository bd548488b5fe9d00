using System.Text;
using Hebb.Data;
using Hebb.Files;

namespace Hebb.Tests.Data;

/// <summary>Rows of other files, a few at a time, and single rows of values.</summary>
public sealed partial class TableSchemaTests
{
    [Fact]
    public void UnknownCategoriesBecomeWhatThePolicySays()
    {
        // Training lacks jobs, but no cities.
        TableSchema schema = TableSchema.Fit(
            Read("job,city,c\ncook,Ulm,a\n,Bonn,b\n", s_header), [0, 1], new TableOptions { Target = "c" });
        Assert.Contains("returned null", Assert.Throws<InvalidOperationException>(() => schema.BuildModel(_ => null!)).Message,
            StringComparison.Ordinal);
        Assert.Equal([0f, 0, 0, 0], Row("baker,Kiel\n", UnknownCategories.Zeros)); // cook, missing, Bonn, Ulm
        Assert.Equal([0f, 0, 0, 1], Row("baker,Ulm\n", UnknownCategories.Zeros));
        Assert.Equal([0f, 1, 0, 0], Row(",\n", UnknownCategories.Zeros));
        Assert.Equal([0f, 1, 1, 0], Row("baker,Bonn\n", UnknownCategories.Missing));
        Assert.Contains("line 2, column 2 ('city'): found 'Kiel', expected one of Bonn, Ulm; training knew no missing cell there",
            Refused("baker,Kiel\n", UnknownCategories.Missing), StringComparison.Ordinal);
        Assert.Contains("line 2, column 1 ('job'): found 'baker'", Refused("baker,\n", UnknownCategories.Refuse), StringComparison.Ordinal);
        // Only what the column can do is offered: a job may be missing, a city may not.
        Assert.EndsWith(
            "or count it as missing (Unknown = UnknownCategories.Missing), or take zeros for it (Unknown = UnknownCategories.Zeros).",
            Refused("baker,\n", UnknownCategories.Refuse), StringComparison.Ordinal);
        foreach (string row in (string[])["cook,Kiel\n", "cook,\n"])
        {
            Assert.EndsWith("or train on data that have it, or take zeros for it (Unknown = UnknownCategories.Zeros).",
                Refused(row, UnknownCategories.Refuse), StringComparison.Ordinal);
        }

        float[] Row(string row, UnknownCategories unknown)
        {
            float[] whole = Inputs(schema.Encode(Other(row), withTarget: false, unknown), 0);
            Assert.Equal(whole, Streamed(schema, "job,city\n" + row, unknown).Single());
            return whole;
        }

        string Refused(string row, UnknownCategories unknown)
        {
            string message = Assert.Throws<FormatException>(() => schema.Encode(Other(row), withTarget: false, unknown)).Message;
            Assert.Equal(message, Assert.Throws<FormatException>(() => Streamed(schema, "job,city\n" + row, unknown)).Message);
            return message;
        }

        CsvTable Other(string row) => schema.Read(new MemoryStream(Encoding.UTF8.GetBytes("job,city\n" + row)), "x");
    }

    [Fact]
    public void EmbeddedColumnsHaveNoZeros()
    {
        TableSchema schema = TableSchema.Fit(
            Read("job,c\ncook,a\nsmith,b\n", s_header), [0, 1], new TableOptions { Target = "c", Embed = ["job"] });
        Assert.EndsWith("the column is embedded and has no zeros, so correct the cell, or train on data that have it.",
            Assert.Throws<FormatException>(() => Streamed(schema, "job\nbaker\n", UnknownCategories.Zeros)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void RowsAreReadSomeAtATimeAsTheWholeFileIs()
    {
        foreach (MissingNumbers rule in Enum.GetValues<MissingNumbers>().Where(rule => rule != MissingNumbers.Refuse))
        {
            CsvTable table = Read(People);
            TableSchema schema = TableSchema.Fit(table, [0, 1, 2], new TableOptions { Target = "buys", Drop = ["zip"], Missing = rule });
            TableDataset set = schema.Encode(table);
            float[][] streamed = Streamed(schema, People);
            for (int row = 0; row < 4; row++) Assert.Equal(Inputs(set, row), streamed[row]);
        }
    }

    [Theory]
    [InlineData("age,job,income\n1,cook,2\n2,smith,3\n3,baker,4\n", "line 4, column 2 ('job'): found 'baker'")]
    [InlineData("age,job,income\n1,cook,2\n2,smith,3\nold,cook,4\n", "line 4, column 1 ('age'): found 'old', expected a number")]
    [InlineData("age,job,income\n1,cook,2\n2,smith,3\n3,cook\n", "line 4: found 2 cells, expected 3")]
    [InlineData("age,job,income\n1,cook,2\n2,smith,3\n1e300,cook,5\n", "line 4, column 1 ('age'): found 1E+300")]
    [InlineData("age,job,income\n1,cook,2\n2,smith,3\n1,\"cook,5\n", "inside quotes")]
    public void RowsBeforeOneThatIsRefusedAreGivenFirst(string text, string part)
    {
        TableSchema schema = Fit();
        string path = Path.GetTempFileName();
        File.WriteAllText(path, text);
        using (TableReader reader = schema.Open(path))
        {
            float[] inputs = new float[10 * schema.Width];
            Assert.Equal(2, reader.Read(inputs));
            Assert.Contains(part, Assert.Throws<FormatException>(() => reader.Read(inputs)).Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentOutOfRangeException>(() => reader.Read(inputs.AsSpan(0, schema.Width - 1)));
        }
        File.Delete(path);
    }

    [Fact]
    public void SeparatorsAndHeadersCanBeSaidForOtherFiles()
    {
        TableSchema schema = Fit();
        TableReading reading = new() { Separator = '/', Header = false };
        CsvTable table = schema.Read(new MemoryStream("40//\n20/cook/100\n"u8.ToArray()), "x", reading);
        Assert.Equal(2, table.RowCount);
        Assert.Equal(Inputs(schema.Encode(Read(People)), 1), Inputs(schema.Encode(table, withTarget: false), 0));
    }

    /// <summary>Rows of known texts are data, however much the first of them looks like names.</summary>
    [Fact]
    public void AFirstRowOfKnownCategoriesIsData()
    {
        TableSchema schema = TableSchema.Fit(
            Read("red,big,yes\nblue,big,no\nblue,small,no\n", new CsvOptions { Header = false }), [0, 1, 2],
            new TableOptions { Target = "3" });
        Assert.Equal(6, Streamed(schema, "red,small\nblue,big\nblue,big\nblue,big\nblue,big\nblue,big\n").Length);
    }

    private static readonly CsvOptions s_header = new() { Header = true };

    private enum Job { Cook, Smith }

    [Fact]
    public void ARowOfValuesBecomesTheInputThatARowOfAFileDoes()
    {
        TableSchema schema = Fit();
        float[][] rows = Streamed(schema, "age,job,income\n40,cook,100\n,,\n30.5,smith,-7\n");
        Assert.Equal(rows[0], schema.Encode(new Dictionary<string, object?> { ["job"] = "cook", ["income"] = 100m, ["age"] = (byte)40 })
            .ToArray<float>());
        Assert.Equal(rows[1], schema.Encode(new Dictionary<string, object?> { ["age"] = null, ["job"] = null, ["income"] = double.NaN })
            .ToArray<float>());
        Tensor third = schema.Encode([30.5, "smith", -7]);
        Assert.Equal([1, 5], third.Shape.AsSpan().ToArray());
        Assert.Equal(rows[2], third.ToArray<float>());
        foreach (object number in (object[])[40, 40L, 40f, 40d, 40m, (short)40, (ushort)40, 40u, 40ul, (sbyte)40, (nint)40, (nuint)40,
            (Half)40, (Int128)40, (UInt128)40, new System.Numerics.BigInteger(40)])
            Assert.Equal(rows[0], schema.Encode([TableCell.Of(number), "cook", 100]).ToArray<float>());
    }

    [Fact]
    public void EnumsBoolsAndNumbersNameCategories()
    {
        TableSchema schema = TableSchema.Fit(
            Read("job,smokes,grade,c\nCook,TRUE,1,a\nSmith,FALSE,2,b\n", new CsvOptions { Categorical = ["grade"] }), [0, 1],
            new TableOptions { Target = "c" });
        float[] expected = [0, 1, 0, 1, 0, 1]; // Smith, TRUE behind FALSE, 2
        Assert.Equal(expected, schema.Encode([TableCell.Of(Job.Smith), true, 2]).ToArray<float>());
        Assert.Equal(expected, schema.Encode(["Smith", "TRUE", "2"]).ToArray<float>());
        TableSchema other = TableSchema.Fit(Read("smokes,c\nyes,a\nno,b\n", s_header), [0, 1], new TableOptions { Target = "c" });
        Assert.Contains("'smokes': found true, expected one of no, yes",
            Assert.Throws<ArgumentException>(() => other.Encode([true])).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, object?, string> Wrong => new()
    {
        { "age", "old", "The row's value for 'age': found 'old', expected a number; give a number, or null" },
        { "age", true, "'age': found true, expected a number" },
        { "age", double.PositiveInfinity, "'age': found Infinity" }, { "age", 1e300, "'age': found 1E+300" },
        { "age", DateTime.UnixEpoch, "'age': found a DateTime, expected a number" },
        { "job", "baker", "'job': found 'baker', expected one of cook, smith" }, { "job", 5, "'job': found '5'" },
        { "Age", 5, "'Age', which is no input; did you mean 'age'?" }, { "size", 5, "'size', which is no input; give values for age, job" },
        { "buys", "yes", "'buys', which the model predicts; leave it out" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void ValuesThatDoNotFitAreRefused(string name, object? value, string part)
    {
        Dictionary<string, object?> row = new() { ["age"] = 40, ["job"] = "cook", ["income"] = 100, [name] = value };
        Assert.Contains(part, Assert.Throws<ArgumentException>(() => Fit().Encode(row)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RowsHaveAValueForEachColumn()
    {
        Assert.Contains("no value for 'job'; give one, or null", Assert.Throws<ArgumentException>(
            () => Fit().Encode(new Dictionary<string, object?> { ["age"] = 1, ["income"] = 2 })).Message, StringComparison.Ordinal);
        Assert.Contains("The row has 2 values, but there are 3 columns (age, job, income)",
            Assert.Throws<ArgumentException>(() => Fit().Encode([1, 2])).Message, StringComparison.Ordinal);
    }

    private static float[][] Streamed(TableSchema schema, string text, UnknownCategories unknown = UnknownCategories.Refuse)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, text);
        try
        {
            using TableReader reader = schema.Open(path, new TableReading { Unknown = unknown });
            List<float[]> rows = [];
            float[] row = new float[schema.Width];
            while (reader.Read(row) == 1) rows.Add([.. row]);
            return [.. rows];
        }
        catch (FormatException error)
        {
            throw new FormatException(error.Message.Replace(path, "x", StringComparison.Ordinal), error);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
