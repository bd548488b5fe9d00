using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>
/// Handwritten digits drawn by a pen that moves: no files needed. Each image takes one of the two or three ways in which people write its
/// digit, moves the points of the path, bends, slants, rotates and stretches it, and draws it white on black with a soft, grainy pen of
/// random width, framed like MNIST (20 pixels high or wide, mass in the middle of 28 x 28).
/// </summary>
public static class StrokeDigits
{
    /// <summary>Pixels across and down.</summary>
    public const int Size = 28;

    private const int ChunkLength = 64;

    /// <summary>
    /// Draws the images <paramref name="first"/>, first + 1, ... of a seed. Image i is a function of (seed, i) alone; ten images in a row
    /// whose first number is a multiple of ten hold each digit once, in random order.
    /// </summary>
    /// <param name="seed">Chooses one of 2⁶⁴ sequences of images.</param>
    /// <param name="first">The number of the first image, not negative.</param>
    /// <param name="count">How many images.</param>
    /// <returns>For each image 28 x 28 gray values, row by row from the top, 0 black to 255 white; and its digit.</returns>
    public static (byte[] Images, byte[] Labels) Draw(ulong seed, int first, int count)
    {
        Argument.AtLeast(first, 0);
        Argument.AtLeast(count, 0);
        if (first > int.MaxValue - count)
            throw new ArgumentOutOfRangeException(
                nameof(first), $"{count} digits from number {first} on were asked for; their numbers go up to {int.MaxValue}.");
        byte[] images = Arrays.Of<byte>(count, Size, Size), labels = new byte[count];
        Job job = new(seed, first, images, labels);
        Team.Run((count + ChunkLength - 1) / ChunkLength, ref job);
        return (images, labels);
    }

    private readonly struct Job(ulong seed, int first, byte[] images, byte[] labels) : IJob
    {
        public void Run(int chunk)
        {
            int end = Math.Min(labels.Length, (chunk + 1) * ChunkLength);
            for (int i = chunk * ChunkLength; i < end; i++)
            {
                int number = first + i;
                labels[i] = Digit(seed, number);
                DigitDrawing.Draw(
                    new RandomStream(seed, RngStreams.Data, (ulong)number), labels[i], images.AsSpan(i * Size * Size, Size * Size));
            }
        }
    }

    private static byte Digit(ulong seed, int number)
    {
        const ulong orders = 1ul << 31; // items for every ten images, apart from the items of the images
        Span<int> order = stackalloc int[10];
        Philox.Permutation(seed, RngStreams.Data, RandomStream.Start(orders + (ulong)(number / 10)), order);
        return (byte)order[number % 10];
    }
}
