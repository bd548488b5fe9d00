using Hebb.Data;
using Hebb.Tests.Files;

namespace Hebb.Tests.Data;

public class LabeledTextsTests
{
    private static DataBundle Folder(TestFolder folder, DataOptions? options = null) =>
        DataCatalog.Load(Path.GetDirectoryName(folder["x"])!, options);

    [Fact]
    public void A_folder_has_a_file_for_each_class()
    {
        using TestFolder folder = new();
        File.WriteAllLines(folder["ham.txt"], Enumerable.Range(0, 50).Select(i => $"dear friend {i}"));
        File.WriteAllBytes(
            folder["spam.txt.gz"], TestGzip.Pack(
            [.. Enumerable.Range(0, 50).SelectMany(i => System.Text.Encoding.UTF8.GetBytes($"buy now {i}\n"))]));
        File.WriteAllText(folder["Readme.txt"], "nothing");
        File.WriteAllText(folder[".hid.txt"], "nothing");
        File.WriteAllText(folder["eggs.text"], "nothing");
        File.WriteAllText(folder["Thumbs.db"], "nothing");
        Directory.CreateDirectory(folder["__MACOSX"]);
        Directory.CreateDirectory(folder["old"]);
        DataBundle bundle = Folder(folder, new DataOptions { SplitSeed = 3 });
        Assert.Equal(["ham", "spam"], bundle.Target.Names);
        Assert.EndsWith("': '.hid.txt', 'Readme.txt', '__MACOSX', 'eggs.text', 'old' were passed over and not read; "
            + "rename what belongs to the data.", Assert.Single(bundle.Notices), StringComparison.Ordinal);
        Assert.Equal((64, 16, 20), (bundle.Train.Count, bundle.Validation.Count, bundle.Test.Count));
        Assert.Equal(bundle.Texts!.Vocabulary.Count, bundle.TokenCount);
        Assert.Equal(2 + 4 + 100 / 2, bundle.TokenCount + Missing(bundle));
        DataBundle again = Folder(folder, new DataOptions { SplitSeed = 3, Texts = bundle.Texts });
        Assert.Equal(Tokens(bundle.Test), Tokens(again.Test));
        Assert.NotEqual(Tokens(bundle.Test), Tokens(Folder(folder, new DataOptions { SplitSeed = 4, Texts = bundle.Texts }).Test));
    }

    [Fact]
    public void Folders_that_hold_no_classes_are_refused()
    {
        using TestFolder folder = new();
        Assert.Contains("has 0 text files", Assert.Throws<FormatException>(() => Folder(folder)).Message, StringComparison.Ordinal);
        File.WriteAllText(folder["a.txt"], "text");
        Assert.Contains("has 1 text files", Assert.Throws<FormatException>(() => Folder(folder)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder["a.txt.gz"], TestGzip.Pack("text"u8.ToArray()));
        Assert.Contains(
            "two files for the class 'a'", Assert.Throws<FormatException>(() => Folder(folder)).Message, StringComparison.Ordinal);
        File.Delete(folder["a.txt.gz"]);
        File.WriteAllText(folder["b.txt"], "");
        Assert.Contains(
            "b.txt' line 1: found no text", Assert.Throws<FormatException>(() => Folder(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_lie_one_folder_down_are_pointed_at()
    {
        using TestFolder folder = new();
        Directory.CreateDirectory(folder["split/train/h"]);
        Directory.CreateDirectory(folder["files/pos"]);
        File.WriteAllText(folder["split/train/h/1.png"], "");
        File.WriteAllText(folder["files/pos/0.txt"], "fine");
        Assert.Contains($"give '{folder["split/train"]}' if its folders are the classes", Error("split"), StringComparison.Ordinal);
        Assert.Contains($"such as '{folder["files/pos/0.txt"]}'", Error("files"), StringComparison.Ordinal);
        Assert.Contains($"or else join them to '{folder["files/pos"]}.txt'", Error("files"), StringComparison.Ordinal);
        Directory.CreateDirectory(folder["none/empty"]);
        Assert.Contains("has 0 text files and no images", Error("none"), StringComparison.Ordinal);

        string Error(string name) => Assert.Throws<FormatException>(() => DataCatalog.Load(folder[name])).Message;
    }

    [Fact]
    public void Numbers_are_no_classes_of_texts_unless_they_are_meant_so()
    {
        using TestFolder folder = new();
        File.WriteAllLines(
            folder["a.csv"], ["text,stars,id", .. Enumerable.Range(0, 60).Select(i => $"so {i % 3},{i % 3 + 0.5:0.0},{i / 2}")]);
        DataOptions options = new() { Text = "text", Target = "stars" };
        Assert.Contains("line 2, column 2 ('stars'): found the number '0.5', expected classes", Error(options), StringComparison.Ordinal);
        DataBundle bundle = DataCatalog.Load(folder["a.csv"], options with { Categorical = ["stars"] });
        Assert.Equal(["0.5", "1.5", "2.5"], bundle.Target.Names);
        Assert.Contains("only the texts of 'text' are learned from, and 'id' is left out", Assert.Single(bundle.Notices),
            StringComparison.Ordinal);

        IReadOnlyList<string> notices = DataCatalog.Load(folder["a.csv"], new DataOptions { Text = "stars", Target = "id" }).Notices;
        Assert.Equal(4, notices.Count);
        Assert.Contains("column 2 ('stars') holds numbers, each of which is taken for a text", notices[1], StringComparison.Ordinal);
        Assert.Contains("column 3 ('id') holds 30 different numbers, each of which is a class", notices[2], StringComparison.Ordinal);
        Assert.Contains("has 60 samples of 30 classes, of which none are left to test; give 4 or more", notices[3],
            StringComparison.Ordinal);

        File.WriteAllLines(folder["b.csv"], ["text;stars", .. Enumerable.Range(0, 60).Select(i => $"so {i % 3};{i % 3},5")]);
        Assert.Contains("found the number '0,5', expected classes", Assert.Throws<FormatException>(
            () => DataCatalog.Load(folder["b.csv"], options with { Decimal = ',' })).Message, StringComparison.Ordinal);

        string Error(DataOptions some) => Assert.Throws<FormatException>(() => DataCatalog.Load(folder["a.csv"], some)).Message;
    }

    [Fact]
    public void A_csv_file_may_have_a_column_of_texts()
    {
        using TestFolder folder = new();
        File.WriteAllLines(
            folder["a.csv"], ["id,review,stars", .. Enumerable.Range(0, 50)
            .Select(i => $"{i},\"so {(i % 2 == 0 ? "good, really" : "bad")}\",{i % 2}")]);
        DataBundle bundle = DataCatalog.Load(folder["a.csv"], new DataOptions { Text = "review", Target = "stars" });
        Assert.Equal(["0", "1"], bundle.Target.Names);
        Assert.Equal(["<padding>", "<other>", "so", "bad", "good,", "really"], bundle.Texts!.Vocabulary.Words);
        Assert.Equal([3], bundle.InputShape);
        Assert.Contains("no column 'rewiev'", Error("rewiev", "stars"), StringComparison.Ordinal);
        Assert.Contains("name two columns", Error("review", "review"), StringComparison.Ordinal);
        File.AppendAllText(folder["a.csv"], "50,NA,0\n");
        DataBundle more = DataCatalog.Load(folder["a.csv"], new DataOptions { Text = "review", Target = "stars", Texts = bundle.Texts });
        Assert.Equal(51, more.Train.Count + more.Validation.Count + more.Test.Count);
        File.AppendAllText(folder["a.csv"], "51,,0\n");
        Assert.Contains("line 53, column 2 ('review'): found a missing cell, expected a text",
            Error("review", "stars"), StringComparison.Ordinal);

        string Error(string text, string target) => Assert.Throws<FormatException>(
            () => DataCatalog.Load(folder["a.csv"], new DataOptions { Text = text, Target = target })).Message;
    }

    private static int Missing(DataBundle bundle) => 50 - bundle.Texts!.Vocabulary.Words.Count(word => int.TryParse(word, out _));

    private static long[] Tokens(IDataset set)
    {
        long[] tokens = set.Read<long>(Field.InputName);
        return tokens;
    }
}
