namespace Hebb.Data;

/// <summary>
/// Small data sets that are computed, not read. Each is a function of its arguments alone, the same on every machine; the random part of
/// sample i is a function of the seed and i.
/// </summary>
public static partial class Synthetic
{
    /// <summary>
    /// Points on arms that wind around each other: radius t, angle 2π (turns t + arm / arms), t rising evenly from 0.05 to 1, plus noise.
    /// </summary>
    /// <param name="count">The number of samples, dealt to the arms in turn.</param>
    /// <param name="seed">Chooses the noise.</param>
    /// <param name="arms">The number of arms and of classes.</param>
    /// <param name="turns">How often an arm goes round.</param>
    /// <param name="noise">The standard deviation of the normal noise of each coordinate.</param>
    public static VectorDataset Spirals(int count = 1000, ulong seed = 0, int arms = 2, double turns = 1.5, double noise = 0.02)
    {
        Argument.Above(arms, 0);
        return Points(count, seed, arms, noise, (ref RandomStream _, int sample, int arm) =>
        {
            double t = 0.05 + 0.95 * (sample / arms + 0.5) / Math.Max(1, (count + arms - 1L) / arms);
            return OnCircle(t, turns * t + (double)arm / arms);
        });
    }

    /// <summary>
    /// Two half circles of radius 1 that reach into each other: the upper one around (0, 0), the lower one around (1, 0.5), plus noise.
    /// </summary>
    /// <param name="count">The number of samples, one of each class in turn.</param>
    /// <param name="seed">Chooses the places on the circles and the noise.</param>
    /// <param name="noise">The standard deviation of the normal noise of each coordinate.</param>
    public static VectorDataset Moons(int count = 1000, ulong seed = 0, double noise = 0.1) =>
        Points(count, seed, 2, noise, (ref RandomStream random, int _, int moon) =>
        {
            (double x, double y) = OnCircle(1, random.NextDouble() / 2);
            return moon == 0 ? (x, y) : (1 - x, 0.5 - y);
        });

    /// <summary>Normal clouds whose centers lie evenly on a circle of radius 4.</summary>
    /// <param name="count">The number of samples, dealt to the clouds in turn.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="clouds">The number of clouds and of classes.</param>
    /// <param name="deviation">The standard deviation of each coordinate.</param>
    public static VectorDataset Blobs(int count = 1000, ulong seed = 0, int clouds = 3, double deviation = 1)
    {
        Argument.Above(clouds, 0);
        return Points(count, seed, clouds, deviation, (ref RandomStream _, int _, int cloud) => OnCircle(4, (double)cloud / clouds));
    }

    private delegate (double X, double Y) Place(ref RandomStream random, int sample, int c);

    private static (double X, double Y) OnCircle(double radius, double turn) =>
        (radius * Elementary.Cos(2 * Math.PI * turn), radius * Elementary.Sin(2 * Math.PI * turn));

    private static VectorDataset Points(int count, ulong seed, int classCount, double noise, Place place)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(noise, 0);
        float[] inputs = Arrays.Of<float>(2, count);
        int[] classes = new int[count];
        string[] names = Arrays.Of<string>(classCount);
        for (int c = 0; c < classCount; c++) names[c] = $"{c}";
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            classes[i] = i % classCount;
            (double x, double y) = place(ref random, i, classes[i]);
            inputs[2 * i] = (float)(x + noise * random.Normal());
            inputs[2 * i + 1] = (float)(y + noise * random.Normal());
        }

        return VectorDataset.OfClasses([2], inputs, classes, names);
    }
}
