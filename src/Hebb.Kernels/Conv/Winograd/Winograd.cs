namespace Hebb.Kernels;

/// <summary>
/// The rule by which convolutions with 3 x 3 kernels go from pixels to tiles of 4 x 4 outputs, F(4 x 4, 3 x 3): 36 multiplications instead
/// of 144 for each tile and pair of channels.
/// </summary>
/// <remarks>
/// y = Aᵀ[(G w Gᵀ) ⊙ (Bᵀ x B)]A after Winograd (1980) and Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016), here
/// with the interpolation points 0, ±3/4, ±3/2 and ∞ instead of 0, ±1, ±2 and ∞: they too have short binary fractions, and the rounding
/// errors are a third (the choice of points after Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution for
/// Deep Neural Networks", 2020). Summed over channels, the products are one matrix product for each of the 36 places.
/// </remarks>
internal static class Winograd
{
    /// <summary>Rows and columns of the outputs of a tile.</summary>
    public const int Tile = 4;

    /// <summary>Rows and columns of the inputs that a tile sees.</summary>
    public const int Patch = 6;

    /// <summary>Numbers of a transformed tile.</summary>
    public const int Places = Patch * Patch;

    // With fewer channels in or out, or fewer tiles, the transforms cost more than they save.
    private const int FewestChannels = 16;
    private const int FewestTiles = 8;

    // The sums of more channels would be too far from the true ones.
    private const int MostChannels = 8192;

    /// <summary>Whether all passes of a convolution are computed so.</summary>
    public static bool Suits<T>(in ConvShape s, ConvLayout layout, ConvPass pass) where T : unmanaged
    {
        if (typeof(T) != typeof(float) || layout != ConvLayout.ChannelLanes || s.KernelH != 3 || s.KernelW != 3) return false;
        if (s.StrideH != 1 || s.StrideW != 1 || s.DilationH != 1 || s.DilationW != 1 || s.PadH > 2 || s.PadW > 2) return false;
        if (Math.Min(s.C, s.OutC) / s.Groups < FewestChannels || Math.Max(s.C, s.OutC) / s.Groups > MostChannels) return false;
        long tiles = (long)Tiles(s.OutH) * Tiles(s.OutW);
        // Direct sums leave out what falls into the padding; a tile does not, nor what reaches beyond the last row or column.
        long direct = Inside(s.OutH, s.PadH) * Inside(s.OutW, s.PadW);
        return s.N * tiles is >= FewestTiles and <= int.MaxValue / Places && 2 * direct >= 3 * Places * tiles;
    }

    // Outputs of a row or column times the kernel elements that they see inside the image.
    private static long Inside(int outs, int pad) => (3L * outs) - (pad * (pad + 1));

    /// <summary>How many tiles cover so many rows or columns.</summary>
    public static int Tiles(int size) => (size + Tile - 1) / Tile;
}
