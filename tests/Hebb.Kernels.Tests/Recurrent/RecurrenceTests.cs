namespace Hebb.Kernels.Tests.Recurrent;

[Collection("lanes")]
public class RecurrenceTests
{
    public static TheoryData<int, int, int, int, long[]> Sizes => new()
    {
        { 1, 1, 1, 1, [] }, { 1, 3, 1, 5, [] }, { 2, 4, 2, 33, [] }, { 5, 3, 1, 40, [3, 1, 2, 3, 1] }, { 4, 5, 2, 16, [2, 5, 1, 4] },
        { 3, 4, 2, 7, [0, 4, 0] }, { 130, 2, 1, 3, [] }, { 3, 2, 2, 64, [1, 2, 2] }, { 2, 0, 1, 4, [] }, { 0, 3, 1, 4, [] },
    };

    private static readonly string[] s_cells =
        ["simple tanh", "simple relu", "simple sigmoid", "lstm", "lstm tanh(oc)", "lstm oσ(c)", "gru"];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static int Gates(string cell) => cell[0] switch { 's' => 1, 'l' => 4, _ => 3 };

    private static (double H, double C) Unit(string cell, double[] z, double[] p, double[] before)
    {
        double Drive(int gate) => z[gate] + p[gate];
        if (cell == "gru")
        {
            double r = Sigmoid(Drive(0)), u = Sigmoid(Drive(1)), n = Math.Tanh(z[2] + (r * p[2]));
            return (((1 - u) * n) + (u * before[0]), 0);
        }
        if (cell[0] == 's')
        {
            return (cell switch
            {
                "simple tanh" => Math.Tanh(Drive(0)),
                "simple relu" => Math.Max(0, Drive(0)),
                _ => Sigmoid(Drive(0)),
            }, 0);
        }
        double c = (Sigmoid(Drive(1)) * before[1]) + (Sigmoid(Drive(0)) * Math.Tanh(Drive(2))), o = Sigmoid(Drive(3));
        return (cell switch
        {
            "lstm" => o * Math.Tanh(c),
            "lstm tanh(oc)" => Math.Tanh(o * c),
            _ => o * Sigmoid(c),
        }, c);
    }

    private static T[][] Run<T>(RecurrentCase of, string cell) where T : unmanaged => cell switch
    {
        "simple tanh" => of.Run<T, SimpleCell<T, TanhActivation>>(),
        "simple relu" => of.Run<T, SimpleCell<T, ReluActivation>>(),
        "simple sigmoid" => of.Run<T, SimpleCell<T, SigmoidActivation>>(),
        "lstm" => of.Run<T, LstmCell<T, GatedTanh>>(),
        "lstm tanh(oc)" => of.Run<T, LstmCell<T, TanhOfGated>>(),
        "lstm oσ(c)" => of.Run<T, LstmCell<T, GatedSigmoid>>(),
        _ => of.Run<T, GruCell<T>>(),
    };

    private static IEnumerable<(string Cell, RecurrentCase Case)> All(int rows, int steps, int directions, int units, long[] lengths) =>
        from cell in s_cells
        from hasFirst in new[] { true, false }
        select (cell, new RecurrentCase(rows, steps, directions, units, Gates(cell), lengths, hasFirst));

    private static void Near(double[] expected, double[] found, double tolerance, string what)
    {
        Assert.Equal(expected.Length, found.Length);
        double scale = expected.Select(Math.Abs).Append(1).Max();
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance * scale, $"{what} {i}: expected {expected[i]}, found {found[i]}");
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void StatesFollowTheFormulas(int rows, int steps, int directions, int units, long[] lengths)
    {
        foreach ((string cell, RecurrentCase of) in All(rows, steps, directions, units, lengths))
        {
            (double[] y, double[] h, double[] c) = of.Naive((z, p, before) => Unit(cell, z, p, before));
            double[][] found = Run<double>(of, cell), single = [.. Run<float>(of, cell).Select(a => Array.ConvertAll(a, x => (double)x))];
            double[][] expected = [y, h, c];
            for (int i = 0; i < 3; i++)
            {
                Near(expected[i], found[i], 1e-12, $"{cell}: result {i}, number");
                Near(expected[i], single[i], 2e-5, $"{cell}: float result {i}, number");
            }
            for (int i = 3; i < found.Length; i++) Near(found[i], single[i], 1e-4, $"{cell}: float gradient {i}, number");
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void GradientsAreThoseOfTheFormulas(int rows, int steps, int directions, int units, long[] lengths)
    {
        foreach ((string cell, RecurrentCase of) in All(rows, steps, directions, units, lengths))
        {
            double[][] found = Run<double>(of, cell);
            (double[] Of, double[] Gradient)[] operands =
                [(of.Drives, found[3]), (of.Weights, found[4]), (of.FirstH, found[5]), (of.FirstC, found[6])];
            foreach ((double[] numbers, double[] gradient) in operands)
            {
                Assert.Equal(numbers.Length, gradient.Length);
                // Some of many numbers: a difference costs a pass.
                for (int i = 0; i < numbers.Length; i += Math.Max(1, numbers.Length / 7))
                {
                    double Loss(double by)
                    {
                        (double old, numbers[i]) = (numbers[i], numbers[i] + by);
                        double loss = of.Loss((z, p, before) => Unit(cell, z, p, before));
                        numbers[i] = old;
                        return loss;
                    }
                    const double H = 1e-4;
                    double slope = ((8 * (Loss(H) - Loss(-H))) - Loss(2 * H) + Loss(-2 * H)) / (12 * H);
                    Assert.True(Math.Abs(slope - gradient[i]) <= 1e-7 * Math.Max(1, Math.Abs(slope)), $"{cell}: {slope} and {gradient[i]}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SameBitsForAnyLanesAndThreads(int rows, int steps, int directions, int units, long[] lengths)
    {
        foreach ((string cell, RecurrentCase of) in All(rows, steps, directions, units, lengths))
        {
            Everywhere.Same(() => Run<double>(of, cell).SelectMany(a => a).ToArray());
            Everywhere.Same(() => Run<float>(of, cell).SelectMany(a => a).ToArray());
        }
    }

    [Fact]
    public void ASequenceHasTheSameBitsAloneAndInABatch()
    {
        const int Steps = 5, Units = 70;
        Random random = new(3);
        float[] weights = [.. Enumerable.Range(0, 4 * Units * Units).Select(_ => (random.NextSingle() - 0.5f) / 4)];
        float[] drives = [.. Enumerable.Range(0, 9 * Steps * 4 * Units).Select(_ => random.NextSingle() - 0.5f)];
        long[] lengths = [5, 1, 2, 3, 4, 5, 5, 2, 1];
        float[] Outputs(int rows, ReadOnlySpan<float> z, long[] lengths)
        {
            float[] y = new float[rows * Steps * Units];
            Recurrence.Forward<float, LstmCell<float, GatedTanh>>(
                new(rows, Steps, 1, Units, 4), z, weights, [], [], [], lengths, y, new float[rows * Units], new float[rows * Units], []);
            return y;
        }
        float[] together = Outputs(9, drives, lengths);
        for (int row = 0; row < 9; row++)
        {
            float[] alone = Outputs(1, drives.AsSpan(row * Steps * 4 * Units, Steps * 4 * Units), [lengths[row]]);
            Assert.Equal(alone, together[(row * Steps * Units)..((row + 1) * Steps * Units)]);
        }
    }

    [Fact]
    public void RefusesWhatDoesNotFit()
    {
        RecurrentShape shape = new(2, 3, 1, 4, 1);
        float[] z = new float[24], w = new float[16], y = new float[24], h = new float[8];
        void Run(RecurrentShape shape, long[] lengths, float[] outputs) =>
            Recurrence.Forward<float, SimpleCell<float, TanhActivation>>(shape, z, w, [], [], [], lengths, outputs, h, [], []);
        Run(shape, [], y);
        Assert.Contains("length 4", Assert.Throws<ArgumentException>(() => Run(shape, [1, 4], y)).Message);
        Assert.Contains("length -1", Assert.Throws<ArgumentException>(() => Run(shape, [-1, 3], y)).Message);
        Assert.Throws<ArgumentException>(() => Run(shape, [1], y));
        Assert.Throws<ArgumentException>(() => Run(shape, [], new float[23]));
        Assert.Throws<ArgumentException>(() => Run(shape with { Gates = 4 }, [], y));
        Assert.Throws<ArgumentException>(() => Run(shape with { Rows = int.MaxValue, Steps = int.MaxValue }, [], y));
    }
}
