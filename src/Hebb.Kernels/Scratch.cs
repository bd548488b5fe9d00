using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels;

/// <summary>What a kernel needs working memory for. One thread uses a purpose for one thing at a time.</summary>
internal enum ScratchUse
{
    /// <summary>Rows of A of a matrix product, copied to a cache-friendly place.</summary>
    GemmLeft,

    /// <summary>Panels of B of a matrix product.</summary>
    GemmRight,

    /// <summary>A finished product on its way to being added.</summary>
    GemmProduct,

    /// <summary>Products of the blocks of k of a matrix product.</summary>
    GemmBlocks,

    /// <summary>How the axes of a convolution map positions.</summary>
    ConvAxes,

    /// <summary>Weights of a convolution in panels.</summary>
    ConvWeights,

    /// <summary>Bias of a convolution in whole registers.</summary>
    ConvBias,

    /// <summary>Mean, scale and shift of a convolution's output channels.</summary>
    ConvScale,

    /// <summary>A convolution's source in another layout.</summary>
    ConvSource,

    /// <summary>A convolution's output gradient in another layout.</summary>
    ConvGradient,

    /// <summary>Sums of a weight gradient before they are combined.</summary>
    ConvSums,

    /// <summary>Offsets within one chunk of a convolution.</summary>
    ConvChunk,

    /// <summary>Gradients of one chunk, side by side.</summary>
    ConvGather,

    /// <summary>Outputs of a convolution, channel by channel, before they are turned round.</summary>
    ConvPlanes,

    /// <summary>Which parts of sequences count.</summary>
    WindowParts,

    /// <summary>Parts of sequences, one behind the other.</summary>
    WindowSource,

    /// <summary>What filters find in them.</summary>
    WindowProducts,

    /// <summary>Zeros that stand for pixels outside an image.</summary>
    WinogradZeros,

    /// <summary>Transformed patches of a convolution's tiles.</summary>
    WinogradPatches,

    /// <summary>Transformed weights of one panel and block, or transformed output gradients of one panel.</summary>
    WinogradWeights,

    /// <summary>Sums of products of transformed numbers.</summary>
    WinogradProducts,

    /// <summary>One tile on its way through a transform.</summary>
    WinogradTile,

    /// <summary>Sums of a normalization before they are combined.</summary>
    NormSums,

    /// <summary>Sums of deviations from the means of parts, before they are combined.</summary>
    NormDeviations,

    /// <summary>Means of the parts of a normalization.</summary>
    NormMeans,

    /// <summary>Numbers of each channel in a normalization.</summary>
    NormChannels,

    /// <summary>Sums over a few lines of a normalization while they are joined.</summary>
    NormLines,

    /// <summary>Gradients of γ and β of the parts of a normalization over rows, before they are combined.</summary>
    NormRows,

    /// <summary>How the axes of a pool map positions.</summary>
    PoolAxes,

    /// <summary>Offsets within one chunk of a pool.</summary>
    PoolChunk,

    /// <summary>The numbers by which the winners of a pool's windows are known.</summary>
    PoolNumbers,

    /// <summary>How many positions each window of a pool counts.</summary>
    PoolDivisors,

    /// <summary>How often rows are added to, and which of them are set aside in between.</summary>
    IndexedHits,

    /// <summary>Sums that rows are set aside in.</summary>
    IndexedTotals,

    /// <summary>The order of the sequences of a recurrent layer's batch, and their places at a step.</summary>
    RecurrentOrder,

    /// <summary>Recurrent weights in panels.</summary>
    RecurrentWeights,

    /// <summary>States of a recurrent layer, or their gradients, on their way from step to step.</summary>
    RecurrentStates,

    /// <summary>Products of states with recurrent weights for one group of units.</summary>
    RecurrentProducts,

    /// <summary>What a recurrent cell computes for one group of units where nothing is kept for a gradient.</summary>
    RecurrentKept,
}

/// <summary>Working memory of each thread that is kept for the next call, so that kernels allocate nothing once they have run.</summary>
internal static unsafe class Scratch
{
    private const int Alignment = 64;

    [ThreadStatic]
    private static byte[]?[]? t_blocks;

    /// <summary>
    /// At least <paramref name="count"/> numbers, aligned to a cache line and with any contents,
    /// until this thread asks for the same use again.
    /// </summary>
    public static T* Get<T>(ScratchUse use, long count) where T : unmanaged
    {
        byte[]?[] blocks = t_blocks ??= new byte[]?[Enum.GetValues<ScratchUse>().Length];
        long bytes = checked(count * sizeof(T)) + Alignment;
        byte[]? block = blocks[(int)use];
        if (block == null || block.Length < bytes)
        {
            if (bytes > Array.MaxLength)
            {
                throw new ArgumentException(
                    $"The operation needs {bytes} bytes of working memory and {Array.MaxLength} are possible; cut it into parts.");
            }
            int length = (int)Math.Min(Array.MaxLength, (long)BitOperations.RoundUpToPowerOf2((ulong)bytes));
            block = GC.AllocateUninitializedArray<byte>(length, pinned: true);
            blocks[(int)use] = block;
        }
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(block));
        return (T*)((address + (Alignment - 1)) & ~(nuint)(Alignment - 1));
    }
}
