namespace Hebb.Kernels;

/// <summary>An image stack whose channels lie side by side, cut into squares of pixels that may reach over its edges.</summary>
internal unsafe struct TiledStack<T> where T : unmanaged
{
    /// <summary>The first pixel, of the first channel in use; set for each run.</summary>
    public T* Data;
    public int Height, Width;
    public nint ImageStep, RowStep, ColumnStep;

    /// <summary>Tiles of an image, and rows and columns from the first of its pixels to the first square.</summary>
    public int TilesHigh, TilesWide, OriginH, OriginW;

    public TiledStack(in Dims sizes, in Dims strides, int tilesHigh, int tilesWide, int originH = 0, int originW = 0)
    {
        (Height, Width) = (sizes[2], sizes[3]);
        (ImageStep, RowStep, ColumnStep) = (strides[0], strides[2], strides[3]);
        (TilesHigh, TilesWide, OriginH, OriginW) = (tilesHigh, tilesWide, originH, originW);
    }

    /// <summary>
    /// Lists the pixels of a square of <paramref name="side"/> x <paramref name="side"/>; zeros stand for those outside the image.
    /// </summary>
    public readonly void Square(int tile, int side, T* zeros, T** pixels)
    {
        T* first = Locate(tile, out int row, out int column);
        for (int i = 0; i < side; i++)
        {
            bool inside = (uint)(row + i) < (uint)Height;
            T* at = first + (i * RowStep);
            for (int j = 0; j < side; j++, at += ColumnStep) *pixels++ = inside && (uint)(column + j) < (uint)Width ? at : zeros;
        }
    }

    /// <summary>The first pixel of a square (which may lie outside the image), its row and its column.</summary>
    public readonly T* Locate(int tile, out int row, out int column)
    {
        int line = Math.DivRem(tile, TilesWide, out column), image = Math.DivRem(line, TilesHigh, out row);
        (row, column) = ((row * Winograd.Tile) + OriginH, (column * Winograd.Tile) + OriginW);
        return Data + (image * ImageStep) + (row * RowStep) + (column * ColumnStep);
    }
}
