namespace Hebb.Data;

public static partial class Synthetic
{
    /// <summary>A noisy straight line: y = slope x + intercept + noise, x uniform on [-1, 1).</summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">Chooses x and the noise.</param>
    /// <param name="slope">The slope.</param>
    /// <param name="intercept">y at x = 0.</param>
    /// <param name="noise">The standard deviation of the normal noise.</param>
    public static VectorDataset Line(int count = 200, ulong seed = 0, double slope = 2, double intercept = 1, double noise = 0.1)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(noise, 0);
        float[] inputs = Arrays.Of<float>(count), values = Arrays.Of<float>(count);
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            double x = random.Uniform(-1, 1);
            inputs[i] = (float)x;
            values[i] = (float)(slope * x + intercept + noise * random.Normal());
        }

        return VectorDataset.OfValues([1], inputs, values, "y");
    }

    /// <summary>
    /// Three fixed vectors of six numbers, each the prototype of a class, plus normal noise: a discrete mapping to learn.
    /// </summary>
    /// <param name="count">The number of samples, dealt to the prototypes in turn.</param>
    /// <param name="seed">Chooses the noise.</param>
    /// <param name="noise">The standard deviation of the normal noise of each number.</param>
    public static VectorDataset Prototypes(int count = 300, ulong seed = 0, double noise = 0.1)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(noise, 0);
        double[][] prototypes =
        [
            [-1.3455, 0.6580, -0.2041, -0.0052, 0.2841, -0.6806],
            [-0.3096, 0.4767, 0.0416, 0.8221, 0.3553, -0.9552],
            [0.0603, 1.0587, 0.6078, -0.5603, 0.9886, -1.1840],
        ];
        float[] inputs = Arrays.Of<float>(count, 6);
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            for (int j = 0; j < 6; j++) inputs[i * 6 + j] = (float)(prototypes[i % 3][j] + noise * random.Normal());
        }

        return VectorDataset.OfClasses([6], inputs, [.. Enumerable.Range(0, count).Select(i => i % 3)], "0", "1", "2");
    }
}
