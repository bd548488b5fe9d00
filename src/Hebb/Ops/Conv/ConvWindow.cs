using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// How a kernel moves over an image: step, zeros thought around the image, distance between kernel elements, and groups of channels.
/// </summary>
/// <param name="StrideH">Rows from one output position to the next; 1 by default.</param>
/// <param name="StrideW">Columns from one output position to the next; 1 by default.</param>
/// <param name="PadH">Rows of zeros above and below; 0 by default.</param>
/// <param name="PadW">Columns of zeros left and right; 0 by default.</param>
/// <param name="DilationH">Rows between kernel elements; 1 by default.</param>
/// <param name="DilationW">Columns between kernel elements; 1 by default.</param>
/// <param name="Groups">Groups of channels, each with its own filters; 1 by default.</param>
public readonly record struct ConvWindow(
    int StrideH = 1, int StrideW = 1, int PadH = 0, int PadW = 0, int DilationH = 1, int DilationW = 1, int Groups = 1)
{
    /// <summary>The same stride, padding and dilation along rows and columns.</summary>
    public static ConvWindow Square(int stride = 1, int pad = 0, int dilation = 1, int groups = 1) =>
        new(stride, stride, pad, pad, dilation, dilation, groups);

    /// <summary>What an error says of the window.</summary>
    internal string Words => $"stride {StrideH}x{StrideW}, padding {PadH}x{PadW} and dilation {DilationH}x{DilationW}";

    /// <summary>The sizes that the kernels want, of an input [N, C, H, W] and weights [O, C / Groups, KH, KW].</summary>
    internal ConvShape Of(in Shape x, in Shape w) => new(x[0], x[1], x[2], x[3], w[0], w[2], w[3])
    {
        StrideH = StrideH,
        StrideW = StrideW,
        PadH = PadH,
        PadW = PadW,
        DilationH = DilationH,
        DilationW = DilationW,
        Groups = Groups,
    };

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ConvWindow), PrintMembers);
}
