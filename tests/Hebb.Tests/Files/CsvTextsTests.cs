using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class CsvTextsTests
{
    [Fact]
    public void A_column_is_found_by_name_number_or_because_it_is_alone()
    {
        using TestFolder folder = new();
        File.WriteAllText(folder["a.csv"], "id,text\n1,\"fine, really\"\n2,NA\n");
        Assert.Equal(["fine, really", "NA"], CsvTexts.Stream(folder["a.csv"], "text"));
        Assert.Equal(["fine, really", "NA"], CsvTexts.Stream(folder["a.csv"], "2"));
        Assert.Contains("no column 'review'", Error("a.csv", "review"), StringComparison.Ordinal);
        File.WriteAllText(folder["b.csv"], "text\nfine\ndull\n");
        Assert.Equal(["fine", "dull"], CsvTexts.Stream(folder["b.csv"], "text"));
        List<string> notices = [];
        Assert.Equal(["text", "fine", "dull"], CsvTexts.Stream(folder["b.csv"], "review", notice: notices.Add));
        Assert.Contains("was taken for data", Assert.Single(notices), StringComparison.Ordinal);
        Assert.Equal(["fine", "dull"], CsvTexts.Stream(folder["b.csv"], "review", new CsvOptions { Header = true }));
    }

    [Fact]
    public void Texts_before_an_empty_cell_are_given()
    {
        using TestFolder folder = new();
        File.WriteAllText(folder["a.csv"], "id,text\n1,fine\n2,\n");
        using IEnumerator<string> texts = CsvTexts.Stream(folder["a.csv"], "text").GetEnumerator();
        Assert.True(texts.MoveNext());
        Assert.Contains("line 3, column 2 ('text'): found nothing, expected a text",
            Assert.Throws<FormatException>(() => texts.MoveNext()).Message, StringComparison.Ordinal);
    }

    private static string Error(string name, string column)
    {
        using TestFolder folder = new();
        File.WriteAllText(folder[name], "id,text\n1,fine\n");
        return Assert.Throws<FormatException>(() => CsvTexts.Stream(folder[name], column).ToArray()).Message;
    }
}
