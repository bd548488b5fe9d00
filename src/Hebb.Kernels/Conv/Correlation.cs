using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels;

/// <summary>
/// One form for the forward pass and for the gradient of the input: a target stack is the sum, over the taps of each pixel and the
/// channels of a source stack, of source times weight. The two passes differ in which stack is which and in how the axes map positions.
/// The order of each sum is kernel row, kernel column, source channel.
/// </summary>
internal unsafe struct Correlation<T> where T : unmanaged
{
    public int N, Groups;

    /// <summary>Channels of one group, and strides for N, C, H, W.</summary>
    public int SourceChannels, SourceN, SourceC, SourceH, SourceW;
    public int TargetChannels, TargetN, TargetC, TargetH, TargetW;

    /// <summary>Rows and columns of the target.</summary>
    public int Height, Width;

    /// <summary>Strides of the weights for the channels of one group and from group to group; the kernel is dense, row by row.</summary>
    public int WeightTarget, WeightSource, WeightGroup;
    public int KernelH, KernelW;

    public Axis Rows, Columns;
    public T* Source, Target, Weights, Bias;

    /// <summary>What is done to finished sums before the activation.</summary>
    public ChannelScale<T> Scale;

    /// <summary>How far behind each number of the target the activation finds its second operand; 0 if it takes none.</summary>
    public nint Other;

    /// <summary>Kernel elements times source channels: the length of the longest sum.</summary>
    public readonly int Depth => KernelH * KernelW * SourceChannels;

    /// <summary>The memory that the tables of both axes lie in, which lives as long as this does.</summary>
    public int[] Tables;

    /// <summary>The sizes, strides and tables of a problem; its numbers are set for each run.</summary>
    public static Correlation<T> Of(in ConvProblem problem)
    {
        ConvShape s = problem.Shape;
        bool backward = problem.IsBackward;
        Dims sources = problem.SourceSizes, targets = problem.TargetSizes, source = problem.SourceStrides, target = problem.TargetStrides;
        int elements = s.KernelH * s.KernelW, sourceChannels = sources[1] / s.Groups, targetChannels = targets[1] / s.Groups;
        long words = Axis.Words(targets[2], s.KernelH, s.StrideH) + Axis.Words(targets[3], s.KernelW, s.StrideW);
        int[] tables = GC.AllocateUninitializedArray<int>(checked((int)words), pinned: true);
        int* memory = (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(tables));
        Axis rows = backward
            ? Axis.Backward(ref memory, sources[2], targets[2], s.KernelH, s.StrideH, s.PadH, s.DilationH)
            : Axis.Forward(ref memory, sources[2], targets[2], s.KernelH, s.StrideH, s.PadH, s.DilationH);
        Axis columns = backward
            ? Axis.Backward(ref memory, sources[3], targets[3], s.KernelW, s.StrideW, s.PadW, s.DilationW)
            : Axis.Forward(ref memory, sources[3], targets[3], s.KernelW, s.StrideW, s.PadW, s.DilationW);
        var c = new Correlation<T>
        {
            N = s.N,
            Groups = s.Groups,
            KernelH = s.KernelH,
            KernelW = s.KernelW,
            SourceChannels = sourceChannels,
            TargetChannels = targetChannels,
            TargetN = target[0],
            TargetC = target[1],
            TargetH = target[2],
            TargetW = target[3],
            Height = targets[2],
            Width = targets[3],
            WeightGroup = sourceChannels * targetChannels * elements,
            WeightTarget = backward ? elements : sourceChannels * elements,
            WeightSource = backward ? targetChannels * elements : elements,
            Tables = tables,
            Rows = rows,
            Columns = columns,
        };
        c.SetSource(source);
        return c;
    }

    /// <summary>Has the source read with other strides: those of a copy.</summary>
    public void SetSource(in Dims strides) => (SourceN, SourceC, SourceH, SourceW) = (strides[0], strides[1], strides[2], strides[3]);

    /// <summary>
    /// The steps of the pixels in the given runs, as offsets into the source (from what the pixel's first tap reads) and into weights
    /// whose kernel elements lie <paramref name="elementStep"/> and whose source channels lie <paramref name="channelStep"/> apart.
    /// </summary>
    public readonly StepList Steps(in AxisRun row, in AxisRun column, int elementStep, int channelStep, int* memory)
    {
        // With one channel the walk goes along the kernel row instead, in the same order.
        bool alongRow = SourceChannels == 1 && column.Taps > 1;
        int* element = Columns.Element + column.FirstTap, delta = Columns.Delta + column.FirstTap;
        var list = new StepList
        {
            Source = memory,
            Weight = memory + (KernelH * KernelW),
            Length = alongRow ? column.Taps : SourceChannels,
            SourceStep = alongRow ? (delta[1] - delta[0]) * SourceW : SourceC,
            WeightStep = alongRow ? (element[1] - element[0]) * elementStep : channelStep,
        };
        for (int u = row.FirstTap; u < row.FirstTap + row.Taps; u++)
        {
            for (int v = 0; v < (alongRow ? 1 : column.Taps); v++)
            {
                list.Source[list.Runs] = ((Rows.Delta[u] - Rows.Delta[row.FirstTap]) * SourceH) + ((delta[v] - delta[0]) * SourceW);
                list.Weight[list.Runs++] = ((Rows.Element[u] * KernelW) + element[v]) * elementStep;
            }
        }
        return list;
    }
}

/// <summary>The steps of a sum: runs that begin at listed offsets and walk at constant distances.</summary>
internal unsafe struct StepList
{
    public int* Source, Weight;
    public int Runs, Length, SourceStep, WeightStep;
}
