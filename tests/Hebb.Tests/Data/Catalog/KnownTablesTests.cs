using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class KnownTablesTests
{
    [Theory]
    [InlineData("iris", 96, 24, 30, 4)]
    [InlineData("pima-diabetes", 491, 123, 154, 8)]
    [InlineData("adult", 29_305, 3_256, 16_281, 107)]
    public void Classifications_have_their_counts(string name, int train, int validation, int test, int inputs) =>
        AssertCounts(name, isClass: true, train, validation, test, inputs);

    [Theory]
    [InlineData("wine-red", 1_023, 256, 320, 11)]
    [InlineData("wine-white", 3_134, 784, 980, 11)]
    [InlineData("california-housing", 13_210, 3_302, 4_128, 13)]
    [InlineData("auto-mpg", 254, 64, 80, 9)]
    public void Regressions_have_their_counts(string name, int train, int validation, int test, int inputs) =>
        AssertCounts(name, isClass: false, train, validation, test, inputs);

    [Fact]
    public void Iris_is_stratified_for_every_seed()
    {
        for (ulong seed = 0; seed < 5; seed++)
        {
            DataBundle iris = RealData.Load("iris", seed);
            Assert.Equal([32, 32, 32], Counts(iris.Train));
            Assert.Equal([8, 8, 8], Counts(iris.Validation));
            Assert.Equal([10, 10, 10], Counts(iris.Test));
        }
    }

    [Fact]
    public void Adult_has_its_classes_in_both_files_and_missing_categories_of_their_own()
    {
        DataBundle adult = RealData.Load("adult");
        Assert.Equal(["<=50K", ">50K"], adult.Target.Names);
        Assert.Equal([24_720, 7_841], Counts(adult.Train).Zip(Counts(adult.Validation), (a, b) => a + b));
        Assert.Equal([12_435, 3_846], Counts(adult.Test));
        Assert.Equal(["workclass", "occupation", "native_country"],
            adult.Table!.Inputs.Where(column => column.MissingIsCategory).Select(column => column.Name));
        float[] row = adult.Test.Read<float>(Field.InputName, [0]);
        Assert.Equal(8, row.Count(x => x == 1)); // one for each categorical column
    }

    [Fact]
    public void Missing_numbers_become_the_training_median()
    {
        DataBundle housing = RealData.Load("california-housing"), pima = RealData.Load("pima-diabetes");
        Assert.InRange(housing.Table!.Inputs.Single(column => column.Name == "total_bedrooms").Fill, 425, 445); // 435 over all rows
        Assert.InRange(pima.Table!.Inputs.Single(column => column.Name == "insulin").Fill, 110, 140); // 125 over all rows
        Assert.All(Inputs(housing.Train), x => Assert.True(float.IsFinite(x)));
        Assert.All(Inputs(pima.Train), x => Assert.True(float.IsFinite(x)));
    }

    private static void AssertCounts(string name, bool isClass, int train, int validation, int test, int inputs)
    {
        DataBundle bundle = RealData.Load(name);
        Assert.Equal(isClass, bundle.Target.IsClass);
        Assert.Equal((train, validation, test), (bundle.Train.Count, bundle.Validation.Count, bundle.Test.Count));
        Assert.Equal(inputs, bundle.InputShape.Count);
        Assert.Equal(bundle.Table, TableSchema.FromJson(bundle.Table!.ToJson()));
    }

    private static int[] Counts(IDataset set)
    {
        long[] classes = set.Read<long>(Field.TargetName);
        return [.. Enumerable.Range(0, set.Target.Width).Select(c => classes.Count(x => x == c))];
    }

    private static float[] Inputs(IDataset set)
    {
        float[] inputs = set.Read<float>(Field.InputName);
        return inputs;
    }
}
