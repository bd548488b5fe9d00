using System.Buffers;

namespace Hebb.Data;

/// <summary>From which place of an image a pixel comes.</summary>
internal interface IWarp
{
    /// <summary>Row and column, between pixels or outside too.</summary>
    (double Row, double Column) Source(int row, int column);
}

/// <summary>Takes images to pieces and puts them together again elsewhere, between four pixels by their distances.</summary>
internal static class Warp
{
    /// <summary>Rows and columns of images, after a check that these are some.</summary>
    public static (int Channels, int Rows, int Columns) Images(string change, Shape shape, int length)
    {
        if (shape.Rank != 3)
            throw new ShapeException(
                $"{change} got samples of shape {shape}, but changes images [channels, rows, columns]; leave it out for other samples.");
        return shape.Count == length
            ? (shape[0], shape[1], shape[2])
            : throw new ShapeException($"{change} got {length} numbers as a sample of shape {shape}; give as many as that has.");
    }

    /// <summary>Every pixel from its source; outside of the image a value, or the nearest pixel if there is none.</summary>
    public static void Run<TWarp>(Span<float> image, int channels, int rows, int columns, TWarp warp, double? fill)
        where TWarp : struct, IWarp
    {
        int area = rows * columns;
        float[] before = ArrayPool<float>.Shared.Rent(image.Length);
        image.CopyTo(before);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                (double y, double x) = warp.Source(i, j);
                // One pixel outside is as far as any: there is the edge alone, or the fill.
                (y, x) = (Math.Clamp(y, -1, rows), Math.Clamp(x, -1, columns));
                int top = (int)Math.Floor(y), left = (int)Math.Floor(x);
                float down = (float)(y - top), right = (float)(x - left);
                for (int c = 0; c < channels; c++)
                {
                    ReadOnlySpan<float> plane = before.AsSpan(c * area, area);
                    float upper = Pixel(plane, top, left) * (1 - right) + Pixel(plane, top, left + 1) * right;
                    float lower = Pixel(plane, top + 1, left) * (1 - right) + Pixel(plane, top + 1, left + 1) * right;
                    image[c * area + i * columns + j] = upper * (1 - down) + lower * down;
                }
            }
        }
        ArrayPool<float>.Shared.Return(before);

        float Pixel(ReadOnlySpan<float> plane, int row, int column)
        {
            bool isInside = (uint)row < (uint)rows && (uint)column < (uint)columns;
            return isInside || fill is null
                ? plane[Math.Clamp(row, 0, rows - 1) * columns + Math.Clamp(column, 0, columns - 1)]
                : (float)fill;
        }
    }
}
