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

    /// <summary>Kernel elements times source channels: the length of the longest sum.</summary>
    public readonly int Depth => KernelH * KernelW * SourceChannels;

    /// <summary>Outputs from inputs.</summary>
    public static Correlation<T> Forward(in ConvShape s, in Dims x, in Dims y)
    {
        var c = Between(s, x, s.C / s.Groups, y, s.OutC / s.Groups);
        c.Height = s.OutH;
        c.Width = s.OutW;
        c.WeightTarget = c.SourceChannels * s.KernelH * s.KernelW;
        c.WeightSource = s.KernelH * s.KernelW;
        int* memory = AxisMemory(s, s.OutH, s.OutW);
        c.Rows = Axis.Forward(ref memory, s.H, s.OutH, s.KernelH, s.StrideH, s.PadH, s.DilationH);
        c.Columns = Axis.Forward(ref memory, s.W, s.OutW, s.KernelW, s.StrideW, s.PadW, s.DilationW);
        return c;
    }

    /// <summary>Gradients of inputs from gradients of outputs.</summary>
    public static Correlation<T> Backward(in ConvShape s, in Dims dy, in Dims dx)
    {
        var c = Between(s, dy, s.OutC / s.Groups, dx, s.C / s.Groups);
        c.Height = s.H;
        c.Width = s.W;
        c.WeightTarget = s.KernelH * s.KernelW;
        c.WeightSource = c.TargetChannels * s.KernelH * s.KernelW;
        int* memory = AxisMemory(s, s.H, s.W);
        c.Rows = Axis.Backward(ref memory, s.OutH, s.H, s.KernelH, s.StrideH, s.PadH, s.DilationH);
        c.Columns = Axis.Backward(ref memory, s.OutW, s.W, s.KernelW, s.StrideW, s.PadW, s.DilationW);
        return c;
    }

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

    private static Correlation<T> Between(in ConvShape s, in Dims source, int sourceChannels, in Dims target, int targetChannels) => new()
    {
        N = s.N,
        Groups = s.Groups,
        KernelH = s.KernelH,
        KernelW = s.KernelW,
        SourceChannels = sourceChannels,
        SourceN = source[0],
        SourceC = source[1],
        SourceH = source[2],
        SourceW = source[3],
        TargetChannels = targetChannels,
        TargetN = target[0],
        TargetC = target[1],
        TargetH = target[2],
        TargetW = target[3],
        WeightGroup = sourceChannels * targetChannels * s.KernelH * s.KernelW,
    };

    private static int* AxisMemory(in ConvShape s, int targetH, int targetW) => Scratch.Get<int>(
        ScratchUse.ConvAxes, Axis.Words(targetH, s.KernelH, s.StrideH) + Axis.Words(targetW, s.KernelW, s.StrideW));
}

/// <summary>The steps of a sum: runs that begin at listed offsets and walk at constant distances.</summary>
internal unsafe struct StepList
{
    public int* Source, Weight;
    public int Runs, Length, SourceStep, WeightStep;
}
