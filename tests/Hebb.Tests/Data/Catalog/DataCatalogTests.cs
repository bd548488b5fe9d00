using Hebb.Data;
using Hebb.Files;
using Hebb.Tests.Files;

namespace Hebb.Tests.Data;

public sealed class DataCatalogTests
{
    [Theory]
    [InlineData("digits", 10_000, 1_000, 2_000, 784, 10)]
    [InlineData("xor", 4, 4, 4, 2, 2)]
    [InlineData("consecutive-ones", 16, 16, 16, 4, 2)]
    [InlineData("spirals", 640, 160, 200, 2, 2)]
    [InlineData("moons", 640, 160, 200, 2, 2)]
    [InlineData("blobs", 640, 159, 201, 2, 3)]
    [InlineData("prototypes", 192, 48, 60, 6, 3)]
    [InlineData("shapes", 3_000, 300, 600, 784, 3)]
    [InlineData("colored-shapes", 5_000, 500, 1_000, 3072, 10)]
    [InlineData("diets", 192, 48, 60, 2, 2)]
    [InlineData("ratings", 639, 161, 200, 5, 5)]
    [InlineData("dose", 192, 48, 60, 1, 1)]
    [InlineData("line", 128, 32, 40, 1, 1)]
    public void Built_in_sets_need_no_files(string name, int train, int validation, int test, int inputs, int outputs)
    {
        DataBundle bundle = DataCatalog.Load(name);
        Assert.Equal((train, validation, test), (bundle.Train.Count, bundle.Validation.Count, bundle.Test.Count));
        Assert.Equal((inputs, outputs), (bundle.InputShape.Count, bundle.Target.Width));
        Assert.Equal(name is not ("line" or "dose"), bundle.Target.IsClass);
        Assert.True((bundle.Images is null) != (bundle.Table is null));
        Assert.True(DataCatalog.Find(name)!.IsPresent(null));
        if (bundle.Table is not null) Assert.Equal(bundle.Table, TableSchema.FromJson(bundle.Table.ToJson()));
    }

    [Fact]
    public void A_csv_file_is_parted_by_class_and_encoded_again_by_its_schema()
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], [.. Enumerable.Range(0, 100).Select(i => $"{i},{(i % 4 == 0 ? "rare" : "often")},{i % 3}")]);
        DataBundle bundle = DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "2", Categorical = ["3"], SplitSeed = 5 });
        Assert.Equal((64, 16, 20), (bundle.Train.Count, bundle.Validation.Count, bundle.Test.Count));
        Assert.Equal(["often", "rare"], bundle.Target.Names);
        Assert.Equal(4, bundle.InputShape.Count);
        long[] classes = bundle.Test.Read<long>(Field.TargetName, [.. Enumerable.Range(0, 20)]);
        Assert.Equal(5, classes.Sum());

        DataBundle again = DataCatalog.Load(folder["a.csv"], new DataOptions { Table = bundle.Table, SplitSeed = 5 });
        Assert.Equal(Inputs(bundle.Test), Inputs(again.Test));
    }

    [Fact]
    public void Names_and_files_that_are_not_there_are_named()
    {
        Assert.Contains(
            "no data set 'mnits'; give one of digits", Assert.Throws<ArgumentException>(() => DataCatalog.Load("mnits")).Message,
            StringComparison.Ordinal);
        // That a file is not there is said before anything is asked of it.
        Assert.All((DataOptions[])[new(), new() { Target = "1" }, new() { Target = "1", Text = "2" }], options => Assert.Contains(
            "'no.csv' does not exist", Assert.Throws<FileNotFoundException>(() => DataCatalog.Load("no.csv", options)).Message,
            StringComparison.Ordinal));
        using TestFolder here = new();
        File.WriteAllText(here["a.csv"], "a,b\n1,2\n2,1\n");
        Assert.Contains(
            "a.csv' is a CSV file and no target", Assert.Throws<ArgumentException>(() => DataCatalog.Load(here["a.csv"])).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "no data root", Assert.Throws<FileNotFoundException>(() => DataCatalog.Load("mnist")).Message, StringComparison.Ordinal);
        using TestFolder folder = new();
        Assert.Contains("train-images-idx3-ubyte.gz' , which".Replace(" ,", ",", StringComparison.Ordinal),
            Assert.Throws<FileNotFoundException>(() => DataCatalog.Load("mnist", new DataOptions { Root = folder["."] })).Message,
                StringComparison.Ordinal);
        Assert.False(DataCatalog.Find("mnist")!.IsPresent(folder["."]));
    }

    [Fact]
    public void OddColumnsAreNamedWithTheMend()
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["id,name,empty,size,town,quality",
            .. Enumerable.Range(0, 60).Select(i => $"{i + 1},n{i},,{i * 37 % 61 / 2.0},{(i % 2 == 0 ? "Ulm" : "Bonn")},{i % 3}")]);
        DataBundle bundle = DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "quality" });
        Assert.Equal(4, bundle.Notices.Count);
        Assert.Contains(
            "column 1 ('id') holds another whole number in each of 60 rows, from 1 to 60", bundle.Notices[0], StringComparison.Ordinal);
        Assert.Contains("give Drop = [\"id\"]", bundle.Notices[0], StringComparison.Ordinal);
        Assert.Contains("column 2 ('name') holds 60 different texts in 60 rows, such as 'n0'", bundle.Notices[1], StringComparison.Ordinal);
        Assert.Contains("give Drop = [\"name\"]", bundle.Notices[1], StringComparison.Ordinal);
        Assert.Contains("column 3 ('empty') has no value and is left out", bundle.Notices[2], StringComparison.Ordinal);
        Assert.Contains("3 different whole numbers from 0 to 2 and is predicted as a number", bundle.Notices[3], StringComparison.Ordinal);
        Assert.Contains("give Categorical = [\"quality\"]", bundle.Notices[3], StringComparison.Ordinal);
        Assert.Equal(1 + 60 + 1 + 2, bundle.InputShape.Count);

        Assert.Contains(
            "column 1 ('id') holds another whole number in each of 60 rows, from 1 to 60; if it only counts or names the rows, "
                + "there is nothing to learn, so give another target.",
            DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "id" }).Notices[0], StringComparison.Ordinal);

        DataBundle mended = DataCatalog.Load(folder["a.csv"],
            new DataOptions { Target = "quality", Drop = ["id", "2", "empty"], Categorical = ["quality"] });
        Assert.Empty(mended.Notices);
        Assert.Equal((3, true), (mended.InputShape.Count, mended.Target.IsClass));
        Assert.Equal(mended.Table, TableSchema.FromJson(mended.Table!.ToJson()));
        DataBundle again = DataCatalog.Load(folder["a.csv"], new DataOptions { Table = mended.Table });
        Assert.Equal(Inputs(mended.Test), Inputs(again.Test));
    }

    [Theory]
    [InlineData("quality", "'quality' of"), InlineData("nmae", "no column 'nmae'")]
    public void ColumnsThatCannotBeDroppedAreRefused(string drop, string part)
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["size,quality", .. Enumerable.Range(0, 30).Select(i => $"{i % 7},{i}")]);
        Assert.Contains(part, Assert.Throws<FormatException>(
            () => DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "quality", Drop = [drop] })).Message,
            StringComparison.Ordinal);
        Assert.Contains("has no columns of a file", Assert.Throws<ArgumentException>(
            () => DataCatalog.Load("digits", new DataOptions { Drop = [drop] })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1,#", "give Decimal = ','"), InlineData("1 23#,5", "as in 1234.5"), InlineData("1#%", "as in 1234.5")]
    [InlineData("$3.2#", "as in 1234.5"), InlineData("1,23#", "without separators of thousands, or give Decimal = ','")]
    public void TextsThatReadAsNumbersAreNamed(string number, string mend)
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"],
            ["size;name;kind", .. Enumerable.Range(0, 40).Select(i => $"{number.Replace('#', (char)('0' + i % 5))};{i % 2} a;{i % 3}x")]);
        string notice = Assert.Single(DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "kind" }).Notices);
        Assert.Contains("column 1 ('size') holds texts such as", notice, StringComparison.Ordinal);
        Assert.Contains(mend, notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3,#", "if they are numbers, give Decimal = ','; or give another target")]
    [InlineData("n#", "such as 'n0', too many to learn from; give")]
    public void ATargetWhoseClassesHardlyComeAgainIsRefused(string target, string part)
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"],
            ["size;y;note", .. Enumerable.Range(0, 40).Select(
                i => $"{i % 7};{target.Replace("#", $"{i}", StringComparison.Ordinal)};x y{i % 3}")]);
        foreach (string? text in (string?[])[null, "note"])
        {
            Assert.Contains(part, Assert.Throws<FormatException>(
                () => DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "y", Text = text })).Message, StringComparison.Ordinal);
        }
        if (target[0] == '3')
            Assert.False(DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "y", Decimal = ',' }).Target.IsClass);
    }

    [Theory]
    [InlineData("yes", "Yes"), InlineData("1", "1.0"), InlineData("a b", "a\u00a0 b"), InlineData("Z\u00fcrich", "Zu\u0308rich")]
    [InlineData("a", "\u200ba")]
    public void NamesThatDifferInSpellingOnlyAreNamed(string one, string other)
    {
        using TestFolder folder = new();
        string[] names = [one, "other", other];
        File.WriteAllLines(folder["a.csv"],
            ["x,kind,y", .. Enumerable.Range(0, 60).Select(i => $"{i % 7}x,{names[i % 3]},{names[i / 7 % 3]}")]);
        string[] notices = [.. DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "y", Categorical = ["2", "3"] }).Notices];
        Assert.Equal(2, notices.Length);
        Assert.Contains("column 2 ('kind') holds '", notices[0], StringComparison.Ordinal);
        Assert.Contains("column 3 ('y') holds '", notices[1], StringComparison.Ordinal);
        Assert.EndsWith("', which differ in spelling only; write them alike if they are one.", notices[1], StringComparison.Ordinal);
        notices = [.. DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "y", Text = "x" }).Notices];
        Assert.Single(notices, notice => notice.Contains("a.csv' holds '", StringComparison.Ordinal));
    }

    [Fact]
    public void AClassOfOneSampleIsNamedWhereverItComesFrom()
    {
        using TestFolder folder = new();
        string[] rows = [.. Enumerable.Range(0, 60).Select(i => $"{i % 7}x,{(i == 9 ? "y" : i % 2 == 0 ? "no" : "yes")}")];
        File.WriteAllLines(folder["a.csv"], ["text,answer", .. rows]);
        const string notice =
            "has a single sample of the class 'y', which can train or test but not both; correct it, take it away, or give more.";
        foreach (string? text in (string?[])[null, "text"])
        {
            DataBundle data = DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "answer", Text = text });
            Assert.EndsWith(notice, Assert.Single(data.Notices), StringComparison.Ordinal);
            Assert.EndsWith(", 3 classes (no, y, yes)", data.ToString(), StringComparison.Ordinal);
            DataOptions again = new() { Table = data.Table, Texts = data.Texts, Text = text, Target = "answer" };
            Assert.Empty(DataCatalog.Load(folder["a.csv"], again).Notices);
        }
        Directory.CreateDirectory(folder["texts"]);
        File.WriteAllLines(folder["texts/no.txt"], rows);
        File.WriteAllText(folder["texts/y.txt"], "one text");
        Assert.EndsWith(notice, Assert.Single(DataCatalog.Load(folder["texts"]).Notices), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2024-01-0#"), InlineData("#1/12/2023"), InlineData("3.#.24"), InlineData("1#:30"), InlineData("2024-01-0#T10:30:00Z")]
    [InlineData("Jan #, 2024")]
    public void DatesAreNamedAsSuch(string date)
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["day,y", .. Enumerable.Range(0, 40).Select(
            i => $"\"{date.Replace('#', (char)('1' + i % 2))}\",{i % 3}x")]);
        string notice = Assert.Single(DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "y" }).Notices);
        Assert.Contains("column 1 ('day') holds dates or times such as '", notice, StringComparison.Ordinal);
        Assert.EndsWith("such as the month or the hour, or give Drop = [\"day\"].", notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5-1#"), InlineData("1.#.2.3"), InlineData("room #"), InlineData("1#-2a"), InlineData("0x1#")]
    public void OtherTextsAreNoDates(string text)
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["day,y", .. Enumerable.Range(0, 40).Select(
            i => $"{text.Replace('#', (char)('1' + i % 2))},{i % 3}x")]);
        Assert.DoesNotContain(DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "y" }).Notices,
            notice => notice.Contains("dates", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NA", "line 3, column 2 ('area'): found 'NA', which counts as missing unless it is in quotes, expected a second class")]
    [InlineData("", "line 3, column 2 ('area'): found a missing cell, expected a second class")]
    public void AWordThatIsNoClassIsNamed(string word, string part)
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["x,area", .. Enumerable.Range(0, 40).Select(i => $"{i},{(i % 2 == 0 ? "EU" : word)}")]);
        Assert.Contains(part, Assert.Throws<FormatException>(
            () => DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "area" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsOfOneValueAreNamed()
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["one,same,x,y", .. Enumerable.Range(0, 30).Select(i => $"5,Ulm,{i % 7},{i * 0.5}")]);
        IReadOnlyList<string> notices = DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "y" }).Notices;
        Assert.Equal(2, notices.Count);
        Assert.Equal(notices, TableSchema.Examine(Csv.Read(folder["a.csv"]), new TableOptions { Target = "y" }));
        Assert.Empty(TableSchema.Examine(Csv.Read(folder["a.csv"]), new TableOptions { Target = "y", Drop = ["one", "2"] }));
        Assert.EndsWith("column 1 ('one') holds the number 5 in every row, which tells nothing; give Drop = [\"one\"].", notices[0]);
        Assert.EndsWith("column 2 ('same') holds 'Ulm' in every row, which tells nothing; give Drop = [\"same\"].", notices[1]);
    }

    /// <summary>A number that names a column and is too large for a place shows the header as a text does.</summary>
    [Fact]
    public void AYearAsTargetShowsTheHeader()
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["1990,1995", .. Enumerable.Range(0, 30).Select(i => $"{i % 7},{i * 0.5}")]);
        DataBundle bundle = DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "1995" });
        Assert.Equal((30, "1995"), (bundle.Count, bundle.Target.Names.Single()));
        Assert.Empty(bundle.Notices);
        File.WriteAllLines(folder["b.csv"], ["1990", "5", "6"]);
        Assert.Equal(2, bundle.Table!.Read(folder["b.csv"]).RowCount);
        File.WriteAllLines(folder["b.csv"], ["1,5", "6,7"]);
        Assert.Equal(2, bundle.Table!.Read(folder["b.csv"]).RowCount);
    }

    [Theory]
    [InlineData("xor", "x1", null, null), InlineData("digits", null, "x1", null), InlineData("moons", null, null, "x1")]
    public void SetsWithATargetOfTheirOwnTakeNoColumns(string name, string? target, string? drop, string? embed)
    {
        DataOptions options = new() { Target = target, Drop = drop is null ? [] : [drop], Embed = embed is null ? [] : [embed] };
        Assert.Contains(
            "'x1' was named", Assert.Throws<ArgumentException>(() => DataCatalog.Load(name, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ColumnsOfKnownTablesCanBeDroppedAndForced()
    {
        DataBundle iris = RealData.Load("iris");
        DataOptions options = new() { Root = RealData.Root, Drop = ["sepal_length"], Categorical = ["petal_width"] };
        DataBundle other = DataCatalog.Load("iris", options);
        Assert.Equal(iris.InputShape.Count - 2 + other.Table!.Inputs[^1].Width, other.InputShape.Count);
        Assert.True(other.Table.Inputs[^1].Width > 10);
        Assert.Empty(iris.Notices);
    }

    [Fact]
    public void TheTargetsNameShowsTheHeader()
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["a.csv"], ["town,buys", .. Enumerable.Range(0, 30).Select(i => $"t{i},{(i % 2 == 0 ? "yes" : "no")}")]);
        DataBundle bundle = DataCatalog.Load(folder["a.csv"], new DataOptions { Target = "buys" });
        Assert.Equal(["no", "yes"], bundle.Target.Names);
        Assert.DoesNotContain(bundle.Notices, notice => notice.Contains("Header =", StringComparison.Ordinal));
    }

    [Fact]
    public void Images_of_another_size_than_a_model_expects_are_refused()
    {
        ImageEncoding other = new(1, 8, 8, 16, Scaler.Identity(1));
        FormatException error = Assert.Throws<FormatException>(() => DataCatalog.Load("digits", new DataOptions { Images = other }));
        Assert.Contains("the model expects [1, 8, 8]", error.Message, StringComparison.Ordinal);
        ImageEncoding kept = new(1, 28, 28, 255, Scaler.Identity(1));
        Assert.Same(kept, DataCatalog.Load("digits", new DataOptions { Images = kept }).Images);
    }

    [Fact]
    public void Split_seeds_choose_the_samples()
    {
        Assert.Equal(Inputs(DataCatalog.Load("moons").Test), Inputs(DataCatalog.Load("moons").Test));
        Assert.NotEqual(Inputs(DataCatalog.Load("moons").Test), Inputs(DataCatalog.Load("moons", new DataOptions { SplitSeed = 1 }).Test));
    }

    private static float[] Inputs(IDataset set)
    {
        float[] inputs = set.Read<float>(Field.InputName);
        return inputs;
    }
}
