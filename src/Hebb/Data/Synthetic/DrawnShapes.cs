using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>Circles, triangles and squares of random size, place and rotation, white on black with soft edges: images without files.</summary>
public static class DrawnShapes
{
    /// <summary>The names of the classes.</summary>
    public static IReadOnlyList<string> Names { get; } = ["circle", "triangle", "square"];

    private const int Grid = 4; // places a pixel across and down that are tested for lying inside

    /// <summary>Draws images, dealt to the three classes in turn. Image i is a function of seed, i and size alone.</summary>
    /// <param name="seed">Chooses sizes, places and rotations.</param>
    /// <param name="count">How many images.</param>
    /// <param name="size">Pixels across and down, at least 8; 28 by default.</param>
    /// <returns>For each image size x size grey values, row by row from the top, 0 black to 255 white; and its class.</returns>
    public static (byte[] Images, byte[] Labels) Draw(ulong seed, int count, int size = 28)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 8);
        byte[] images = new byte[checked(count * size * size)], labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % 3))];
        Job job = new(seed, size, images);
        Team.Run(count, ref job);
        return (images, labels);
    }

    private readonly struct Job(ulong seed, int size, byte[] images) : IJob
    {
        public void Run(int i)
        {
            RandomStream random = new(seed, RngStreams.Data, (ulong)i);
            double radius = size * random.Uniform(0.2, 0.38), turn = 2 * Math.PI * random.NextDouble();
            double x = random.Uniform(radius, size - radius), y = random.Uniform(radius, size - radius);
            int corners = i % 3 == 0 ? 0 : i % 3 + 2;
            // A polygon is where the way along the outward direction of every side is at most the distance of that side.
            Span<double> outward = stackalloc double[2 * corners];
            for (int side = 0; side < corners; side++)
            {
                double angle = turn + 2 * Math.PI * side / corners;
                (outward[2 * side], outward[2 * side + 1]) = (Elementary.Cos(angle), Elementary.Sin(angle));
            }
            double distance = corners == 0 ? radius : radius * Elementary.Cos(Math.PI / corners);
            Span<byte> image = images.AsSpan(i * size * size, size * size);
            for (int pixel = 0; pixel < image.Length; pixel++)
            {
                int inside = 0;
                for (int place = 0; place < Grid * Grid; place++)
                {
                    double dx = pixel % size + (place % Grid + 0.5) / Grid - x, dy = pixel / size + (place / Grid + 0.5) / Grid - y;
                    inside += IsInside(dx, dy, outward, distance) ? 1 : 0;
                }
                image[pixel] = (byte)(inside * 255 / (Grid * Grid));
            }
        }

        private static bool IsInside(double x, double y, ReadOnlySpan<double> outward, double distance)
        {
            if (outward.IsEmpty) return x * x + y * y <= distance * distance;
            for (int side = 0; side < outward.Length; side += 2)
            {
                if (x * outward[side] + y * outward[side + 1] > distance) return false;
            }
            return true;
        }
    }
}
