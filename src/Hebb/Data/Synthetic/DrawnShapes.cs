using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>Simple shapes of random size, place and rotation with soft edges: images without files.</summary>
public static class DrawnShapes
{
    /// <summary>The names of the classes of <see cref="Draw"/>.</summary>
    public static IReadOnlyList<string> Names { get; } = ["circle", "triangle", "square"];

    /// <summary>The names of the classes of <see cref="DrawColors"/>.</summary>
    public static IReadOnlyList<string> ColorNames { get; } =
        ["circle", "triangle", "square", "pentagon", "cross", "ring", "open triangle", "open square", "open pentagon", "open cross"];

    private static readonly byte[] s_black = [0], s_white = [255];

    /// <summary>
    /// Draws circles, triangles and squares in turn, white on black. Image i is a function of seed, i and size alone.
    /// </summary>
    /// <param name="seed">Chooses sizes, places and rotations.</param>
    /// <param name="count">How many images.</param>
    /// <param name="size">Pixels across and down, at least 8; 28 by default.</param>
    /// <returns>For each image size x size gray values, row by row from the top, 0 black to 255 white; and its class.</returns>
    public static (byte[] Images, byte[] Labels) Draw(ulong seed, int count, int size = 28) =>
        Make(seed, count, size, classes: 3, channels: 1);

    /// <summary>
    /// Draws ten kinds of shapes in turn, filled and open, in any color on any other, with grainy pixels; colors do not tell the class.
    /// Image i is a function of seed, i and size alone.
    /// </summary>
    /// <param name="seed">Chooses sizes, places, rotations, colors and grain.</param>
    /// <param name="count">How many images.</param>
    /// <param name="size">Pixels across and down, at least 8; 32 by default.</param>
    /// <returns>For each image three planes, red, green and blue, of size x size values; and its class.</returns>
    public static (byte[] Images, byte[] Labels) DrawColors(ulong seed, int count, int size = 32) =>
        Make(seed, count, size, classes: 10, channels: 3);

    private static (byte[] Images, byte[] Labels) Make(ulong seed, int count, int size, int classes, int channels)
    {
        Argument.AtLeast(count, 0);
        Argument.AtLeast(size, 8);
        byte[] images = Arrays.Of<byte>(count, channels, size, size),
            labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % classes))];
        Job job = new(seed, size, channels, images, labels);
        Team.Run(count, ref job);
        return (images, labels);
    }

    private readonly struct Job(ulong seed, int size, int channels, byte[] images, byte[] labels) : IJob
    {
        private const int Least = 60; // how far the colors of a shape and its ground are apart, at least, in one of the three

        public void Run(int i)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            ShapeFigure figure = new(labels[i], size, ref random);
            (byte[] ground, byte[] paint) = channels == 1 ? (s_black, s_white) : Colors(ref random);
            Span<byte> image = images.AsSpan(i * channels * size * size, channels * size * size);
            for (int pixel = 0; pixel < size * size; pixel++)
            {
                int inside = figure.Cover(pixel % size, pixel / size);
                double grain = channels == 1 ? 0 : 12 * random.Bell();
                for (int c = 0; c < channels; c++)
                {
                    double value = ground[c] + (paint[c] - ground[c]) * inside / (double)ShapeFigure.Full + grain;
                    image[c * size * size + pixel] = (byte)Math.Clamp(value, 0, 255);
                }
            }
        }

        private static (byte[] Ground, byte[] Paint) Colors(ref RandomStream random)
        {
            byte[] ground = new byte[3], paint = new byte[3];
            int apart;
            do
            {
                apart = 0;
                for (int c = 0; c < 3; c++)
                {
                    (ground[c], paint[c]) = ((byte)random.Uniform(0, 256), (byte)random.Uniform(0, 256));
                    apart = Math.Max(apart, Math.Abs(ground[c] - paint[c]));
                }
            }
            while (apart < Least);
            return (ground, paint);
        }
    }
}
