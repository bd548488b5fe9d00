namespace Hebb.Kernels.Tests;

/// <summary>An image stack [N, C, H, W] somewhere in memory.</summary>
internal sealed class ImageStack<T> where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
{
    public ImageStack(Dims sizes, Dims strides)
    {
        (Sizes, Strides) = (sizes, strides);
        long last = 0;
        for (int axis = 0; axis < 4; axis++) last += (sizes[axis] - 1L) * strides[axis];
        Data = new T[sizes.Product() == 0 ? 0 : (int)last + 1];
    }

    public Dims Sizes { get; }

    public Dims Strides { get; }

    public T[] Data { get; }

    public ref T this[int n, int c, int h, int w] => ref Data[(n * Strides[0]) + (c * Strides[1]) + (h * Strides[2]) + (w * Strides[3])];

    /// <summary>In one of the layouts that kernels write.</summary>
    public static ImageStack<T> In(ConvLayout layout, Dims s) => new(s, layout.Strides(s[0], s[1], s[2], s[3]));

    /// <summary>With axes in any order and gaps.</summary>
    public static ImageStack<T> Anywhere(Random random, Dims sizes)
    {
        int[] order = [0, 1, 2, 3];
        random.Shuffle(order);
        int[] strides = new int[4];
        int step = random.Next(4) == 0 ? 2 : 1;
        foreach (int axis in order)
        {
            strides[axis] = step;
            step = (step * sizes[axis]) + (random.Next(4) == 0 ? 3 : 0);
        }
        return new(sizes, new(strides));
    }

    /// <summary>The lanes' axis innermost, the others in any order with gaps: what a kernel of this layout can write.</summary>
    public static ImageStack<T> Writable(Random random, ConvLayout layout, Dims sizes)
    {
        int lanes = layout == ConvLayout.ChannelLanes ? 1 : 0;
        int[] order = [.. Enumerable.Range(0, 4).Where(axis => axis != lanes)];
        random.Shuffle(order);
        int[] strides = new int[4];
        strides[lanes] = 1;
        int step = sizes[lanes] + random.Next(2);
        foreach (int axis in order)
        {
            strides[axis] = step;
            step = (step * sizes[axis]) + (random.Next(4) == 0 ? 3 : 0);
        }
        return new(sizes, new(strides));
    }

    /// <summary>Fills with numbers of about 1.</summary>
    public ImageStack<T> Fill(Random random)
    {
        foreach (int[] i in Layout.Indices(Sizes)) this[i[0], i[1], i[2], i[3]] = T.CreateTruncating((random.NextDouble() * 2) - 1);
        return this;
    }

    /// <summary>The numbers in the order N, C, H, W.</summary>
    public double[] ToDoubles() => [.. Layout.Indices(Sizes).Select(i => double.CreateTruncating(this[i[0], i[1], i[2], i[3]]))];

    /// <summary>The same numbers in another place.</summary>
    public ImageStack<T> CopyTo(ImageStack<T> other)
    {
        foreach (int[] i in Layout.Indices(Sizes)) other[i[0], i[1], i[2], i[3]] = this[i[0], i[1], i[2], i[3]];
        return other;
    }
}
