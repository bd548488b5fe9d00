namespace Hebb.Data;

public static partial class Synthetic
{
    /// <summary>
    /// A dose, evenly spaced from 0 to 1, and a noisy response: 0.4 + 0.5 exp(-((x - 0.55) / 0.25)²) + noise. Six points of it are what a
    /// large network learns by heart; three hundred show what it has missed.
    /// </summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">Chooses the noise.</param>
    /// <param name="noise">The standard deviation of the normal noise.</param>
    public static VectorDataset Dose(int count = 300, ulong seed = 0, double noise = 0.1)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(noise, 0);
        float[] inputs = Arrays.Of<float>(count), values = Arrays.Of<float>(count);
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            double x = count == 1 ? 0 : (double)i / (count - 1), z = (x - 0.55) / 0.25;
            inputs[i] = (float)x;
            values[i] = (float)(0.4 + 0.5 * Elementary.Exp(-z * z) + noise * random.Normal());
        }
        return VectorDataset.OfValues([1], inputs, values, "response");
    }

    /// <summary>
    /// Age from 16 to 80, yearly income from 10,000 to 150,000, and whether a person eats meat:
    /// no, if (age - 48) / 18.5 + (income - 80,000) / 40,400 + noise &lt; 0. The inputs are three orders of magnitude apart and not scaled.
    /// </summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="noise">The standard deviation of the normal noise.</param>
    public static VectorDataset Diets(int count = 300, ulong seed = 0, double noise = 0.2)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(noise, 0);
        float[] inputs = Arrays.Of<float>(2, count);
        int[] classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            double age = random.Uniform(16, 80), income = random.Uniform(10_000, 150_000);
            (inputs[2 * i], inputs[2 * i + 1]) = ((float)age, (float)income);
            classes[i] = (age - 48) / 18.5 + (income - 80_000) / 40_400 + noise * random.Normal() < 0 ? 1 : 0;
        }
        return VectorDataset.OfClasses([2], inputs, classes, "meat", "vegetarian");
    }

    /// <summary>
    /// Five uniform marks from -1 to 1 and the stars that a guest gives, "1" to "5": 3 + 2 m₁ + m₂ - m₃ + noise, rounded and kept within 1
    /// to 5; the last two marks do not matter. A number with a few values, which can be predicted as a class.
    /// </summary>
    /// <param name="count">The number of samples.</param>
    /// <param name="seed">Chooses the samples.</param>
    /// <param name="noise">The standard deviation of the normal noise.</param>
    public static VectorDataset Ratings(int count = 1000, ulong seed = 0, double noise = 0.3)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(noise, 0);
        const int marks = 5;
        float[] inputs = Arrays.Of<float>(marks, count);
        int[] classes = new int[count];
        for (int i = 0; i < count; i++)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            Span<float> mine = inputs.AsSpan(marks * i, marks);
            for (int j = 0; j < marks; j++) mine[j] = (float)random.Uniform(-1, 1);
            classes[i] = (int)Math.Clamp(Math.Round(3 + 2 * mine[0] + mine[1] - mine[2] + noise * random.Normal()), 1, 5) - 1;
        }
        return VectorDataset.OfClasses([marks], inputs, classes, "1", "2", "3", "4", "5");
    }
}
