using System.Security.Cryptography;
using Hebb.Data;
using Hebb.Kernels;

namespace Hebb.Tests.Data;

public sealed class StrokeDigitsTests
{
    private const int Area = StrokeDigits.Size * StrokeDigits.Size;

    [Fact]
    public void Bytes_are_a_function_of_the_seed_alone()
    {
        int before = Team.Threads;
        try
        {
            HashSet<string> sums = [];
            foreach (int threads in (int[])[1, 2, 5])
            {
                Team.Threads = threads;
                (byte[] images, byte[] labels) = StrokeDigits.Draw(0, 0, 500);
                sums.Add(Convert.ToHexStringLower(SHA256.HashData([.. images, .. labels])));
            }

            // A format: the images of a seed are the same in every version and on every machine.
            Assert.Equal(["04adc10ce67ecd0a19dd9c11a5a7d6b64e69864e1c3b841424633d86fd9df95f"], sums);
        }
        finally
        {
            Team.Threads = before;
        }
    }

    [Fact]
    public void An_image_does_not_depend_on_the_others_that_are_drawn()
    {
        (byte[] all, byte[] labels) = StrokeDigits.Draw(3, 0, 200);
        (byte[] some, byte[] someLabels) = StrokeDigits.Draw(3, 137, 20);
        Assert.Equal(all[(137 * Area)..(157 * Area)], some);
        Assert.Equal(labels[137..157], someLabels);
        Assert.NotEqual(some, StrokeDigits.Draw(4, 137, 20).Images);
    }

    [Fact]
    public void Every_ten_images_hold_each_digit_once_in_changing_order()
    {
        byte[] labels = StrokeDigits.Draw(1, 0, 1000).Labels;
        Assert.All(labels.Chunk(10), ten => Assert.Equal(Enumerable.Range(0, 10), ten.Order().Select(digit => (int)digit)));
        Assert.True(labels.Chunk(10).Select(ten => string.Join(' ', ten)).Distinct().Count() > 95);
    }

    [Fact]
    public void Digits_are_framed_like_mnist()
    {
        (byte[] images, byte[] _) = StrokeDigits.Draw(2, 0, 1000);
        double mean = images.Average(pixel => pixel / 255.0);
        Assert.InRange(mean, 0.11, 0.16); // MNIST: 0.1307
        foreach (byte[] image in images.Chunk(Area))
        {
            double mass = image.Sum(pixel => (double)pixel);
            double x = Enumerable.Range(0, Area).Sum(i => image[i] * (i % 28.0)) / mass,
                y = Enumerable.Range(0, Area).Sum(i => image[i] * (i / 28)) / mass;
            Assert.InRange(x, 13.5 - 3, 13.5 + 3);
            Assert.InRange(y, 13.5 - 3, 13.5 + 3);
            int[] inked = [.. Enumerable.Range(0, Area).Where(i => image[i] > 127)];
            int high = inked.Max(i => i / 28) - inked.Min(i => i / 28) + 1, wide = inked.Max(i => i % 28) - inked.Min(i => i % 28) + 1;
            Assert.InRange(Math.Max(high, wide), 17, 22);
            Assert.True(image.Max() > 200);
        }
    }

    [Fact]
    public void The_nearest_neighbor_mostly_has_the_same_digit_and_no_image_comes_twice()
    {
        (byte[] images, byte[] labels) = StrokeDigits.Draw(0, 0, 2200);
        byte[][] pictures = [.. images.Chunk(Area)];
        Assert.Equal(2200, pictures.Select(picture => Convert.ToHexString(SHA256.HashData(picture))).Distinct().Count());
        int right = Enumerable.Range(2000, 200).Count(i =>
            labels[Enumerable.Range(0, 2000).MinBy(j => Distance(pictures[i], pictures[j]))] == labels[i]);
        Assert.InRange(right, 160, 198); // neither noise nor a font: a convolutional network gets 0.99

        static int Distance(byte[] a, byte[] b)
        {
            int sum = 0;
            for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
            return sum;
        }
    }
}
