using System.Numerics;

namespace Hebb.Kernels.Tests;

[Collection("lanes")]
public class SoftmaxCrossEntropyTests
{
    public static TheoryData<int, int, int> Sizes => Columns.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Float_class_targets_give_their_losses_and_gradients(int outer, int axis, int inner) =>
        Classes<float>(outer, axis, inner, 2e-6);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Double_class_targets_give_their_losses_and_gradients(int outer, int axis, int inner) =>
        Classes<double>(outer, axis, inner, 4e-15);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Float_distributions_give_their_losses_and_gradients(int outer, int axis, int inner) =>
        Distributions<float>(outer, axis, inner, 4e-6);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Double_distributions_give_their_losses_and_gradients(int outer, int axis, int inner) =>
        Distributions<double>(outer, axis, inner, 8e-15);

    private static void Classes<T>(int outer, int axis, int inner, double tolerance) where T : unmanaged, INumber<T>
    {
        int length = outer * axis * inner, columns = outer * inner;
        T[] x = Columns.Draw<T>(1, length), g = Columns.Draw<T>(2, columns, 1);
        var random = new Random(3);
        long[] classes =
            [.. Enumerable.Range(0, columns).Select(k => k % 5 == 4 || axis == 0 ? ClassTargets.None : random.Next(axis))];
        double[] wide = Columns.Doubles(x), wideG = Columns.Doubles(g);

        T[] both = Everywhere.Same(() =>
        {
            T[] made = new T[columns + length];
            SoftmaxCrossEntropy.Forward<T>(x, classes, made.AsSpan(0, columns), made.AsSpan(columns), outer, axis, inner);
            T[] alone = new T[columns];
            SoftmaxCrossEntropy.Forward<T>(x, classes, alone, [], outer, axis, inner);
            Assert.Equal(made[..columns], alone);
            return made;
        });
        double[] loss = new double[columns];
        for (int k = 0; k < columns; k++)
        {
            double[] c = Columns.Of(wide, k, axis, inner);
            loss[k] = classes[k] < 0 ? 0 : Columns.LogSum(c) - c[classes[k]];
        }

        Columns.Near(loss, both[..columns], tolerance);
        double[] p = Columns.Each(outer, axis, inner, (_, c) => Columns.Softmax(c), wide);
        Columns.Near(p, both[columns..], tolerance);

        T[] dx = Everywhere.Same(() =>
        {
            T[] made = [.. both[columns..]];
            SoftmaxCrossEntropy.Backward<T>(made, classes, g, made, outer, axis, inner);
            return made;
        });
        Columns.Near(
            Columns.Each(
                outer, axis, inner, (k, c) => [.. c.Select((v, i) => classes[k] < 0 ? 0 : (v - (i == classes[k] ? 1 : 0)) * wideG[k])], p),
            dx, tolerance);
    }

    private static void Distributions<T>(int outer, int axis, int inner, double tolerance) where T : unmanaged, INumber<T>
    {
        int length = outer * axis * inner, columns = outer * inner;
        T[] x = Columns.Draw<T>(1, length), g = Columns.Draw<T>(2, columns, 1);
        T[] q = [.. Columns.Draw<T>(4, length, 1).Select(v => T.Abs(v) / T.CreateChecked(Math.Max(1, axis)))];
        double[] wide = Columns.Doubles(x), wideG = Columns.Doubles(g), wideQ = Columns.Doubles(q);

        T[] both = Everywhere.Same(() =>
        {
            T[] made = new T[columns + length];
            SoftmaxCrossEntropy.Forward<T>(x, q, made.AsSpan(0, columns), made.AsSpan(columns), outer, axis, inner);
            return made;
        });
        double[] loss = new double[columns];
        for (int k = 0; k < columns; k++)
        {
            double[] c = Columns.Of(wide, k, axis, inner), share = Columns.Of(wideQ, k, axis, inner);
            double log = axis == 0 ? 0 : Columns.LogSum(c);
            loss[k] = share.Zip(c, (a, b) => a * (log - b)).Sum();
        }

        Columns.Near(loss, both[..columns], tolerance);
        double[] p = Columns.Each(outer, axis, inner, (_, c) => Columns.Softmax(c), wide);
        Columns.Near(p, both[columns..], tolerance);

        T[] dx = Everywhere.Same(() =>
        {
            T[] made = new T[length];
            SoftmaxCrossEntropy.Backward<T>(both.AsSpan(columns), q, g, made, outer, axis, inner);
            return made;
        });
        Columns.Near(
            Columns.Each(outer, axis, inner, (k, c) =>
            {
                double[] share = Columns.Of(wideQ, k, axis, inner);
                double mass = share.Sum();
                return [.. c.Zip(share, (a, b) => ((a * mass) - b) * wideG[k])];
            }, p),
            dx, tolerance);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(200)]
    public void A_certain_class_costs_nothing_and_a_hopeless_one_its_distance(int axis)
    {
        float[] x = new float[axis], loss = new float[1];
        x[1] = 1000;
        SoftmaxCrossEntropy.Forward<float>(x, [1L], loss, [], 1, axis, 1);
        Assert.Equal(0f, loss[0]);
        SoftmaxCrossEntropy.Forward<float>(x, [2L], loss, [], 1, axis, 1);
        Assert.Equal(1000f, loss[0]);
    }

    [Fact]
    public void A_class_out_of_range_is_refused_in_a_sentence()
    {
        string message = Assert.Throws<ArgumentException>(
            () => SoftmaxCrossEntropy.Forward<float>(new float[6], [0L, 3L], new float[2], [], 2, 3, 1)).Message;
        Assert.Equal("Target 1 is class 3; classes are 0 to 2, or -100 for none.", message);
        Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy.Forward<float>(new float[6], [0L, -1L], new float[2], [], 2, 3, 1));
        Assert.Throws<ArgumentException>(() => SoftmaxCrossEntropy.Forward<float>(new float[6], [0L], new float[2], [], 2, 3, 1));
    }
}
