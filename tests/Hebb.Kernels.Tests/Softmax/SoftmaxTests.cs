using System.Numerics;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class SoftmaxTests
{
    public static TheoryData<int, int, int> Sizes => Columns.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Float_columns_have_their_values_and_gradients(int outer, int axis, int inner) => Check<float>(outer, axis, inner, 2e-6);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Double_columns_have_their_values_and_gradients(int outer, int axis, int inner) => Check<double>(outer, axis, inner, 4e-15);

    private static void Check<T>(int outer, int axis, int inner, double tolerance) where T : unmanaged, INumber<T>
    {
        int length = outer * axis * inner;
        T[] x = Columns.Draw<T>(1, length), dy = Columns.Draw<T>(2, length, 1);
        double[] wide = Columns.Doubles(x), wideDy = Columns.Doubles(dy);

        T[] y = Everywhere.Same(() => Made<T>(length, to => Softmax.Forward<T>(x, to, outer, axis, inner)));
        double[] truth = Columns.Each(outer, axis, inner, (_, c) => Columns.Softmax(c), wide);
        Columns.Near(truth, y, tolerance);

        T[] dx = Everywhere.Same(() => Made<T>(length, to => Softmax.Backward<T>(y, dy, to, outer, axis, inner)));
        Columns.Near(
            Columns.Each(outer, axis, inner, (k, p) =>
            {
                double[] g = Columns.Of(wideDy, k, axis, inner);
                double dot = p.Zip(g, (a, b) => a * b).Sum();
                return [.. p.Zip(g, (a, b) => a * (b - dot))];
            }, truth), dx, tolerance);

        T[] log = Everywhere.Same(() => Made<T>(length, to => Softmax.LogForward<T>(x, to, outer, axis, inner)));
        Columns.Near(Columns.Each(outer, axis, inner, (_, c) => Minus(c, Columns.LogSum(c)), wide), log, tolerance);

        T[] logDx = Everywhere.Same(() => Made<T>(length, to => Softmax.LogBackward<T>(log, dy, to, outer, axis, inner)));
        Columns.Near(
            Columns.Each(outer, axis, inner, (k, p) =>
            {
                double[] g = Columns.Of(wideDy, k, axis, inner);
                double sum = g.Sum();
                return [.. p.Zip(g, (a, b) => b - (a * sum))];
            }, truth), logDx, tolerance * Math.Max(1, axis / 100.0));
    }

    [Theory]
    [InlineData(5, 10, 1)]
    [InlineData(2, 300, 1)]
    [InlineData(2, 7, 33)]
    public void The_output_may_be_the_input(int outer, int axis, int inner)
    {
        float[] x = Columns.Draw<float>(3, outer * axis * inner), apart = new float[x.Length], dy = Columns.Draw<float>(4, x.Length);
        Softmax.Forward<float>(x, apart, outer, axis, inner);
        float[] place = [.. x];
        Softmax.Forward<float>(place, place, outer, axis, inner);
        Assert.Equal(apart, place);
        float[] dx = new float[x.Length];
        Softmax.Backward<float>(apart, dy, dx, outer, axis, inner);
        Softmax.Backward<float>(place, dy, place, outer, axis, inner);
        Assert.Equal(dx, place);
        Softmax.LogForward<float>(x, apart, outer, axis, inner);
        place = [.. x];
        Softmax.LogForward<float>(place, place, outer, axis, inner);
        Assert.Equal(apart, place);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public void Huge_scores_neither_overflow_nor_lose_their_sum(int axis)
    {
        foreach (float level in new[] { 1e30f, -1e30f, 3e38f, -3e38f, 0f })
        {
            float[] x = [.. Enumerable.Repeat(level, axis)], y = new float[axis];
            Softmax.Forward<float>(x, y, 1, axis, 1);
            Assert.All(y, p => Assert.Equal(1f / axis, p, 1e-7f));
            x[axis / 2] = level + (Math.Abs(level) / 10) + 200;
            Softmax.Forward<float>(x, y, 1, axis, 1);
            Assert.Equal(1f, y[axis / 2]);
            Softmax.LogForward<float>(x, y, 1, axis, 1);
            Assert.Equal(0f, y[axis / 2]);
            Assert.True(y[0] <= -200);
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(200)]
    public void Infinite_scores_follow_the_limits(int axis)
    {
        float[] x = new float[axis], y = new float[axis];
        x[1] = float.NegativeInfinity;
        Softmax.Forward<float>(x, y, 1, axis, 1);
        Assert.Equal(0f, y[1]);
        Assert.Equal(1f / (axis - 1), y[2], 1e-7f);
        Softmax.LogForward<float>(x, y, 1, axis, 1);
        Assert.Equal(float.NegativeInfinity, y[1]);
        x[3] = float.NaN;
        Softmax.Forward<float>(x, y, 1, axis, 1);
        Assert.All(y, p => Assert.True(float.IsNaN(p)));
        Array.Fill(x, float.NegativeInfinity);
        Softmax.Forward<float>(x, y, 1, axis, 1);
        Assert.All(y, p => Assert.True(float.IsNaN(p)));
    }

    [Fact]
    public void Wrong_lengths_are_refused_in_a_sentence()
    {
        string message = Assert.Throws<ArgumentException>(() => Softmax.Forward<float>(new float[5], new float[6], 2, 3, 1)).Message;
        Assert.Contains("The input has 5 elements and the sizes [2, 3, 1] ask for 6", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Softmax.Forward<float>(new float[6], new float[5], 2, 3, 1));
        Assert.Throws<ArgumentException>(() => Softmax.Forward<float>([], [], -1, 0, 1));
        Assert.Throws<ArgumentException>(() => Softmax.Forward<float>([], [], int.MaxValue, int.MaxValue, int.MaxValue));
        Assert.Throws<NotSupportedException>(() => Softmax.Forward<int>(new int[6], new int[6], 2, 3, 1));
    }

    private static double[] Minus(double[] x, double y) => [.. x.Select(v => v - y)];

    private static T[] Made<T>(int length, Action<T[]> fill)
    {
        T[] y = new T[length];
        fill(y);
        return y;
    }
}
