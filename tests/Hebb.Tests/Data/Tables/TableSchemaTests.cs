using System.Text;
using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Tests.Data;

public sealed partial class TableSchemaTests
{
    private const string People = "age,job,zip,income,buys\n20,cook,1,100,no\n40,,2,,yes\n30,smith,3,300,no\n50,cook,4,200,yes\n";

    [Fact]
    public void Numbers_are_scaled_and_categories_become_ones_with_the_training_rows_alone()
    {
        CsvTable table = Read(People);
        TableSchema schema =
            TableSchema.Fit(table, [0, 1, 2], new TableOptions { Target = "buys", Drop = ["zip"], Scaling = TableScaling.MinMax });
        Assert.Equal(["age", "job", "income"], schema.Inputs.Select(column => column.Name));
        Assert.Equal(5, schema.Width); // age, cook, smith, missing, income
        Assert.Equal(200, schema.Inputs[2].Fill); // the median of 100 and 300: row 3 does not train
        TableDataset set = schema.Encode(table);
        Assert.Equal(Target.Classes("no", "yes"), set.Target);
        Assert.Equal([0f, 1, 0, 0, 0], Inputs(set, 0));
        Assert.Equal([1f, 0, 0, 1, 0.5f], Inputs(set, 1));
        Assert.Equal([1.5f, 1, 0, 0, 0.5f], Inputs(set, 3));
        long[] classes = set.Read<long>(Field.TargetName, [0, 1, 2, 3]);
        Assert.Equal([0L, 1, 0, 1], classes);
        Assert.Throws<InvalidOperationException>(() => set.Read<float>(Field.TargetName, [0]));
    }

    [Fact]
    public void A_numeric_target_is_scaled_and_can_be_scaled_back()
    {
        CsvTable table = Read("x,y\n1,10\n2,20\n3,30\n");
        TableSchema schema = TableSchema.Fit(table, [0, 1, 2], new TableOptions { Target = "2" });
        float[] values = schema.Encode(table).Read<float>(Field.TargetName, [0, 1, 2]);
        Assert.Equal(0, values[1]);
        Assert.Equal(30, schema.TargetScaler!.Inverse(values[2], 0), 1e-5);
    }

    [Fact]
    public void Zeros_can_stand_for_missing_numbers()
    {
        CsvTable table = Read("x,c\n0,a\n2,b\n4,a\n9,b\n");
        TableSchema schema =
            TableSchema.Fit(table, [0, 1, 2], new TableOptions { Target = "c", ZeroIsMissing = ["x"], Scaling = TableScaling.None });
        Assert.Equal([3f], Inputs(schema.Encode(table), 0));
    }

    /// <summary>The training rows have the incomes 100, 300 and 800 and lack one; the fourth job is missing too.</summary>
    private const string Gaps = "job,income,c\ncook,100,a\ncook,300,b\nsmith,800,a\n,,b\n";

    [Theory]
    [InlineData(MissingNumbers.Median, new[] { 300f })]
    [InlineData(MissingNumbers.Mean, new[] { 400f })]
    [InlineData(MissingNumbers.Indicator, new[] { 300f, 1 })]
    public void Missing_numbers_become_what_the_options_say(MissingNumbers rule, float[] expected)
    {
        CsvTable table = Read(Gaps);
        TableSchema schema =
            TableSchema.Fit(table, [0, 1, 2, 3], new TableOptions { Target = "c", Missing = rule, Scaling = TableScaling.None });
        TableDataset set = schema.Encode(table);
        Assert.Equal([0f, 0, 1, .. expected], Inputs(set, 3));
        Assert.Equal(expected.Length == 1 ? [1f, 0, 0, 100] : [1f, 0, 0, 100, 0], Inputs(set, 0));
        TableSchema read = TableSchema.FromJson(schema.ToJson());
        Assert.Equal(schema, read);
        Assert.Equal(Inputs(set, 3), Inputs(read.Encode(table), 3));
    }

    [Theory]
    [InlineData(Gaps, "line 5, column 1 ('job'): found a missing cell")]
    [InlineData("job,income,c\ncook,1,a\ncook,?,b\n", "line 3, column 2 ('income'): found a missing number, expected a number; fill it in")]
    [InlineData("job,income,c\ncook,1,a\ncook,0,b\n", "found 0, which stands for a missing number")]
    public void Missing_cells_can_be_refused(string text, string part)
    {
        CsvTable table = Read(text);
        TableOptions options = new() { Target = "c", Missing = MissingNumbers.Refuse, ZeroIsMissing = ["income"] };
        TableSchema schema = TableSchema.Fit(table, [0, 1], options);
        Assert.Contains(part, Assert.Throws<FormatException>(() => schema.Encode(table)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Categories_can_become_vectors_in_front_of_a_model()
    {
        CsvTable table = Read("a,job,b,city,c\n1,cook,2,Ulm,x\n3,smith,4,Bonn,y\n5,,6,Ulm,y\n7,cook,8,Kiel,x\n");
        TableSchema schema =
            TableSchema.Fit(table, [0, 1, 2, 3], new TableOptions { Target = "c", Embed = ["*"], Scaling = TableScaling.None });
        TableDataset set = schema.Encode(table);
        Assert.Equal(4, schema.Width);
        Assert.Equal([5f, 2, 6, 2], Inputs(set, 2)); // a missing job is the third kind; cities are in alphabetical order
        Sequential model = Assert.IsType<Sequential>(schema.BuildModel(input => new Linear(input[0], 2)));
        Assert.Equal("EmbedColumns(4 → 5, 2 embedded)", model[0].Description); // three jobs by one number, three cities by two
        Assert.Equal((3 * 1 + 3 * 2) + (5 * 2 + 2), model.ParameterCount);
        Tensor row = Tensor.From(Inputs(set, 2), [1, 4]), embedded = model[0].Forward(row);
        IReadOnlyDictionary<string, Tensor> state = model.StateDict();
        Assert.Equal([5f, state["0.1.weight"][2, 0].ToArray<float>()[0], 6, .. state["0.3.weight"][2].ToArray<float>()],
            embedded.Detach().ToArray<float>());
        Assert.Equal(schema, TableSchema.FromJson(schema.ToJson()));

        TableSchema one = TableSchema.Fit(table, [0, 1, 2, 3], new TableOptions { Target = "c", Embed = ["city"] });
        Assert.Equal((6, 0, 2), (one.Width, one.Inputs[1].Features, one.Inputs[3].Features));
        Assert.IsType<Linear>(Fit().BuildModel(input => new Linear(input[0], 2)));
        Assert.Contains("numbers in column 1 ('a')", Assert.Throws<FormatException>(() =>
            TableSchema.Fit(table, [0, 1], new TableOptions { Target = "c", Embed = ["a"] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_files_are_matched_by_name_or_by_place()
    {
        TableSchema schema = Fit();
        float[] expected = Inputs(schema.Encode(Read(People)), 1);
        foreach (string text in (string[])[
            "buys,income,job,age\nyes,,?,40\n", // by name, in another order, without the dropped column
            "40,NA,2,?,yes\n41,cook,2,7,yes\n", // by place, as in the first file
            "40,,\n", // by place, the inputs only
            "age,job,income\n40,,\n"])
        {
            CsvTable table = schema.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x");
            Assert.Equal(expected, Inputs(schema.Encode(table, withTarget: false), 0));
        }
    }

    [Theory]
    [InlineData("Age,income,job,buys\n40,,,yes\n", "rename 'Age'")]
    [InlineData("years,income,job\n40,,\n", "no column named 'age'")]
    [InlineData("age,job,earned\n40,,5\n", "leave out the row of names")]
    public void Columns_of_other_names_are_refused(string text, string part) => Assert.Contains(
        part,
        Assert.Throws<FormatException>(() => Fit().Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Kinds_are_those_of_the_schema_and_not_of_the_new_cells()
    {
        TableSchema schema = TableSchema.Fit(
            Read("code,c\n1,a\n2,b\n", new CsvOptions { Categorical = ["code"] }), [0, 1], new TableOptions { Target = "c" });
        CsvTable table = schema.Read(new MemoryStream(Encoding.UTF8.GetBytes("code\n2\n")), "x");
        Assert.Equal([0f, 1], Inputs(schema.Encode(table, withTarget: false), 0));
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(
            () => schema.Encode(table, withTarget: false).Read<long>(Field.TargetName, [0]));
        Assert.Contains("'c'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("age,job,income,buys\n1,baker,3,no\n", "line 2, column 2 ('job'): found 'baker', expected one of cook, smith")]
    [InlineData("age,job,income,buys\n1,cook,3,maybe\n", "found 'maybe', expected one of no, yes")]
    [InlineData("age,job,income,buys\n1,cook,3,\n", "found a missing cell")]
    [InlineData("age,job,income,buys\nold,cook,3,no\n", "line 2, column 1 ('age'): found 'old', expected a number")]
    [InlineData("age,job,income\n1,cook,3\n", "no column 'buys'")]
    [InlineData("age,job\n1,cook\n", "no column named 'income', but age, job")]
    public void Files_that_do_not_fit_are_refused(string text, string part)
    {
        TableSchema schema = Fit();
        FormatException error =
            Assert.Throws<FormatException>(() => schema.Encode(schema.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x")));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y\n1,2\n2,\n", "y", "", "line 3, column 2 ('y'): found a missing number, expected a number to predict")]
    [InlineData("x,y\n1,2\n2,3\n", "y", "2", "The column 'y' of 'x' is the target and was to be dropped")]
    [InlineData("x,y\n1,2\n2,3\n", "y", "z", "no column 'z'")]
    public void TargetsAreThereAndStay(string text, string target, string drop, string part) => Assert.Contains(
        part,
        Assert.Throws<FormatException>(() => TableSchema.Fit(
            Read(text), [0, 1], new TableOptions { Target = target, Drop = drop.Length == 0 ? [] : [drop] })).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("x,c\n1,a\n2,a\n", "c", "one class 'a'")]
    [InlineData("x,c\n1,5\n2,5\n", "c", "the one number 5 in column 2 ('c'), and there is nothing to predict")]
    [InlineData("k,x,c\na,1e308,5\nb,1.5e308,6\n", "c", "'x' has numbers in column 2 ('x') from 1E+308 to 1.5E+308, too large")]
    [InlineData("x,y,z\n,1,2\n,2,3\n3,4,4\n", "y", "no number in column 1 ('x')")]
    [InlineData("x\n1\n2\n", "x", "no column with values besides the target")]
    [InlineData("x,y\n1,2\n2,3\n", "z", "no column 'z'")]
    public void Tables_that_cannot_be_fitted_are_refused(string text, string target, string part) =>
        Assert.Contains(
            part, Assert.Throws<FormatException>(() => TableSchema.Fit(Read(text), [0, 1], new TableOptions { Target = target })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_column_of_names_is_refused_before_it_fills_the_memory()
    {
        StringBuilder text = new("name,y\n");
        for (int i = 0; i < 70_000; i++) text.Append('n').Append(i).Append(',').Append(i).Append('\n');
        FormatException error =
            Assert.Throws<FormatException>(() => TableSchema.Fit(Read(text.ToString()), [0, 1], new TableOptions { Target = "y" }));
        Assert.Contains(
            "70000 are the categories of 'name'; drop that column (Drop = [\"name\"])", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Class_endings_that_do_not_count_are_ignored()
    {
        TableSchema schema = TableSchema.Fit(Read("x,c\n1,a\n2,b\n3,a.\n"), [0, 1], new TableOptions { Target = "c", TargetEnding = "." });
        Assert.Equal(["a", "b"], schema.Target.Categories);
        long[] classes = new long[2];
        classes = schema.Encode(Read("x,c\n1,b.\n2,a\n")).Read<long>(Field.TargetName);
        Assert.Equal([1L, 0], classes);
    }

    [Fact]
    public void Json_gives_the_same_schema_back()
    {
        TableSchema schema = Fit();
        TableSchema read = TableSchema.FromJson(schema.ToJson());
        Assert.Equal(schema, read);
        Assert.Equal(schema.GetHashCode(), read.GetHashCode());
        Assert.Equal(schema.ToJson(), read.ToJson());
    }

    [Fact]
    public void Damaged_json_is_refused_or_still_sound()
    {
        string json = Fit().ToJson();
        Random random = new(5);
        int refused = 0;
        for (int round = 0; round < 3000; round++)
        {
            char[] copy = json.ToCharArray();
            copy[random.Next(copy.Length)] = (char)random.Next(32, 127);
            try
            {
                TableSchema read = TableSchema.FromJson(new string(copy));
                Assert.True(read.Width <= TableSchema.MaxWidth);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1000, 3000);
        Assert.Throws<FormatException>(() => TableSchema.FromJson("null"));
        Assert.Throws<FormatException>(
            () => TableSchema.FromJson(json.Replace("\"columnCount\":5", "\"columnCount\":3", StringComparison.Ordinal)));
    }

    private static TableSchema Fit() =>
        TableSchema.Fit(Read(People), [0, 1, 2], new TableOptions { Target = "buys", Drop = ["zip"], Scaling = TableScaling.MinMax });

    private static CsvTable Read(string text, CsvOptions? options = null) =>
        Csv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "x", options);

    private static float[] Inputs(TableDataset set, int row)
    {
        float[] inputs = set.Read<float>(Field.InputName, [row]);
        return inputs;
    }
}
