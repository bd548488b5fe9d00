using System.Text;
using Hebb.Files;

namespace Hebb.Tests.Files;

public sealed class CsvColumnTests
{
    private static readonly CsvTable s_table = Csv.Read(new MemoryStream(Encoding.UTF8.GetBytes("age,city\n3,Rome\n4,?")), "people.csv");

    [Fact]
    public void A_column_is_of_one_kind_and_knows_its_place()
    {
        CsvColumn age = s_table.Column("age"), city = s_table.Column("city");
        Assert.True(age.IsNumeric);
        Assert.False(city.IsNumeric);
        Assert.Equal((1, 2), (age.Number, city.Number));
        Assert.Empty(age.Categories);
    }

    [Fact]
    public void Asking_for_the_other_kind_names_the_column_and_the_mend()
    {
        CsvColumn age = s_table.Column("age"), city = s_table.Column("city");
        Assert.Contains(
            "'city' is categorical; read Codes", Assert.Throws<InvalidOperationException>(() => city.Numbers[0]).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'age' is numeric; read Numbers", Assert.Throws<InvalidOperationException>(() => age.Codes[0]).Message,
            StringComparison.Ordinal);
    }
}
