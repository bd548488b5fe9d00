using Hebb.Files;

namespace Hebb.Data;

/// <summary>Tables that are read from files. A missing number becomes the median of the training part everywhere.</summary>
internal static class KnownTables
{
    private static readonly string[] s_wine =
    [
        "fixed_acidity", "volatile_acidity", "citric_acid", "residual_sugar", "chlorides", "free_sulfur_dioxide", "total_sulfur_dioxide",
        "density", "ph", "sulphates", "alcohol", "quality",
    ];

    public static IReadOnlyList<DataEntry> Entries { get; } =
    [
        Table("iris", "150 flowers, four sizes, three classes", ["iris/iris.csv"],
            NoHeader("sepal_length", "sepal_width", "petal_length", "petal_width", "species"),
            new TableOptions { Target = "species" }),
        Table("wine-red", "1,599 red wines, eleven measurements, regression on the quality from 0 to 10",
            ["wine-quality/winequality-red.csv"], NoHeader(s_wine), new TableOptions { Target = "quality" }),
        Table("wine-white", "4,898 white wines, eleven measurements, regression on the quality from 0 to 10",
            ["wine-quality/winequality-white.csv"], NoHeader(s_wine), new TableOptions { Target = "quality" }),
        Table("california-housing", "20,640 blocks, regression on the median house value; 207 missing bedroom counts become the median",
            ["california-housing/housing.csv.gz"], new CsvOptions { Header = true }, new TableOptions { Target = "median_house_value" }),
        Table("auto-mpg", "398 cars, regression on miles per gallon; six missing horsepowers become the median, the car's name is dropped",
            ["auto-mpg/mpg.csv"], new CsvOptions { Header = true }, new TableOptions { Target = "mpg", Drop = ["name"] }),
        Table("adult",
            "32,561 people to train (a tenth validates), 16,281 to test, two classes of income; "
            + "a missing category is a category of its own, the survey weight is dropped",
            ["adult/adult-train.csv.gz", "adult/adult-test.csv.gz"],
            NoHeader(
                "age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation", "relationship", "race", "sex",
                "capital_gain", "capital_loss", "hours_per_week", "native_country", "income"),
            new TableOptions { Target = "income", TargetEnding = ".", Drop = ["fnlwgt"] }),
        Table("pima-diabetes",
            "768 women, eight measurements, two classes; a glucose, pressure, skin, insulin or mass of 0 is missing and becomes the median",
            ["pima-diabetes/pima-indians-diabetes.csv"],
            NoHeader("pregnancies", "glucose", "pressure", "skin", "insulin", "mass", "pedigree", "age", "diabetes")
                with { Categorical = ["diabetes"] },
            new TableOptions { Target = "diabetes", ZeroIsMissing = ["glucose", "pressure", "skin", "insulin", "mass"] }),
    ];

    private static CsvOptions NoHeader(params string[] names) => new() { Header = false, Names = names };

    private static DataEntry Table(string name, string summary, string[] files, CsvOptions csv, TableOptions columns) =>
        new(name, summary, files, options =>
        {
            CsvOptions reading = csv with { Categorical = [.. csv.Categorical, .. options.Categorical] };
            CsvTable[] tables = [.. files.Select(file => Csv.Read(Path.Combine(options.Root!, file), reading))];
            return TableBundle.Make(name, tables[0], tables.Length > 1 ? tables[1] : null, columns, options);
        })
        { Kind = DataKind.KnownTable };
}
