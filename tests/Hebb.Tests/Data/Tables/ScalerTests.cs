using Hebb.Data;

namespace Hebb.Tests.Data;

public sealed class ScalerTests
{
    [Theory]
    [InlineData(0, 1, 1.23456789, "1.23457")]
    [InlineData(0, 1e-3, 0, "0")]
    [InlineData(5, 2, 7.1234567, "7.12346")]
    [InlineData(1.7e9, 2000, 1700000123.456, "1700000123.5")]
    [InlineData(-1.7e9, 2000, -1700000123.456, "-1700000123.5")]
    [InlineData(1e15, 1e-2, 1000000000000000.25, "1000000000000000.2")]
    public void A_number_has_the_digits_that_its_spread_needs(double offset, double scale, double number, string expected) =>
        Assert.Equal(expected, new Scaler([offset], (IReadOnlyList<double>)[scale]).Text(number, 0));

    [Fact]
    public void Standard_scores_of_ages_and_incomes_are_the_worked_ones()
    {
        double[] rows = [27, 31000, 52, 126000, 16, 10000];
        Scaler scaler = Scaler.FitStandard(rows, 2);
        Assert.Equal(31.6667, scaler.Offsets[0], 1e-4);
        Assert.Equal(55666.67, scaler.Offsets[1], 1e-2);
        Assert.Equal(15.0628, scaler.Scales[0], 1e-4);
        Assert.Equal(50466.71, scaler.Scales[1], 1e-2);
        double[] scaled = [.. rows];
        scaler.Transform(scaled);
        double[] expected = [-0.309813, -0.488771, 1.349901, 1.393658, -1.040088, -0.904887];
        for (int i = 0; i < 6; i++) Assert.Equal(expected[i], scaled[i], 1e-5);
        scaler.Inverse(scaled);
        for (int i = 0; i < 6; i++) Assert.Equal(rows[i], scaled[i], 1e-9);
    }

    [Fact]
    public void Min_max_reaches_both_ends_and_others_go_beyond()
    {
        Scaler scaler = Scaler.FitMinMax([2, 10, 4, 30, 3, 20], 2);
        Assert.Equal(0, scaler.Transform(2, 0));
        Assert.Equal(1, scaler.Transform(4, 0));
        Assert.Equal(0.5, scaler.Transform(20, 1));
        Assert.Equal(1.5, scaler.Transform(5, 0));
        Assert.Equal(5, scaler.Inverse(1.5, 0));
    }

    [Fact]
    public void Columns_of_one_value_become_zero_and_come_back()
    {
        foreach (Scaler scaler in (Scaler[])[Scaler.FitStandard([0.1, 0.1, 0.1], 1), Scaler.FitMinMax([0.1, 0.1, 0.1], 1),
            Scaler.FitStandard([0.1], 1)])
        {
            Assert.Equal(0, scaler.Transform(0.1, 0));
            Assert.Equal(0.1, scaler.Inverse(0, 0));
            Assert.True(double.IsFinite(scaler.Transform(1e300, 0)));
        }
    }

    [Fact]
    public void Numbers_that_cannot_be_scaled_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Scaler.FitStandard([], 1));
        Assert.Throws<ArgumentException>(() => Scaler.FitStandard([1, 2, 3], 2));
        Assert.Throws<ArgumentException>(() => Scaler.FitStandard([1, double.NaN], 1));
        Assert.Throws<ArgumentException>(() => Scaler.FitMinMax([double.MinValue, double.MaxValue], 1));
        Assert.Throws<ArgumentException>(() => Scaler.FitMinMax([1, 2], 2).Transform(new double[3]));
    }

    [Fact]
    public void Json_gives_the_same_numbers_back()
    {
        Scaler scaler = new([Math.PI, -1e-300], (IReadOnlyList<double>)[1.0 / 3, 2]);
        Assert.Equal(scaler, Scaler.FromJson(scaler.ToJson()));
        Assert.Equal(scaler.GetHashCode(), Scaler.FromJson(scaler.ToJson()).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"offsets\":null,\"scales\":[1]}")]
    [InlineData("{\"offsets\":[1],\"scales\":[1,2]}")]
    [InlineData("{\"offsets\":[1],\"scales\":[0]}")]
    [InlineData("{\"offsets\":[1e999],\"scales\":[1]}")]
    [InlineData("{\"offsets\":[\"1\"],\"scales\":[1]}")]
    [InlineData("{\"offsets\":[[[[[[[[[[1]]]]]]]]]],\"scales\":[1]}")]
    public void Bad_json_is_refused(string json) => Assert.Throws<FormatException>(() => Scaler.FromJson(json));
}
