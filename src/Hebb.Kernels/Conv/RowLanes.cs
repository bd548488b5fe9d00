namespace Hebb.Kernels;

/// <summary>
/// Convolutions to fewer channels than fill a register, of rows that do: lanes run along the rows of the outputs. The images are copied channel by channel, with
/// zeros around them, so that the columns of a row stand where the images of a batch would; the outputs are turned round at the end.
/// </summary>
internal static unsafe class RowLanes<T> where T : unmanaged
{
    /// <summary>Whether the forward pass takes this way.</summary>
    public static bool Suits(in ConvShape s, ConvLayout layout)
    {
        int register = 64 / sizeof(T);
        return layout == ConvLayout.ChannelLanes && s.Groups == 1 && s.StrideW == 1 && s.KernelH * s.KernelW > 1 && s.OutC < register && s.OutW >= register;
    }

    /// <summary>y = f(conv(x, w) + b)</summary>
    public static void Forward<A>(in ConvShape s, T* x, in Dims xStrides, T* w, T* bias, T* y, in Dims yStrides, A activation,
        ChannelScale<T> scale = default) where A : struct, IUnaryLane
    {
        // Rows are filled up to whole registers with numbers that nobody reads.
        int rows = s.OutH, width = s.OutW, register = 64 / sizeof(T), wide = (width + register - 1) / register * register, plane = checked(rows * wide);
        ConvShape columns = new(wide, s.C, s.H + (2 * s.PadH), ((s.KernelW - 1) * s.DilationW) + 1, s.OutC, s.KernelH, s.KernelW)
        {
            StrideH = s.StrideH,
            DilationH = s.DilationH,
            DilationW = s.DilationW,
        };
        int length = checked(s.OutC * plane);
        T* planes = Scratch.Get<T>(ScratchUse.ConvPlanes, length);
        Dims image = [1, s.C, s.H, s.W];
        for (int n = 0; n < s.N; n++)
        {
            T* source = BatchCopy<T>.Make(x + ((nint)n * xStrides[0]), image, xStrides, s.PadH, s.PadW, 1, ScratchUse.ConvSource, out Dims padded, wide - width);
            var c = Correlation<T>.Forward(columns, [1, padded[1], padded[2], padded[3]], [1, plane, wide, 1]);
            c.Source = source;
            c.Weights = w;
            c.Bias = bias;
            c.Target = planes;
            c.Scale = scale;
            ConvRun<T>.AlongBatch(c, default(NoActivation));
            if (typeof(A) != typeof(NoActivation)) Map.Unary<A, T>(activation, new(planes, length), new(planes, length));
            T* target = y + ((nint)n * yStrides[0]);
            for (int row = 0; row < rows; row++)
                Transposition.Run(planes + (row * wide), plane, target + ((nint)row * yStrides[2]), yStrides[3], width, s.OutC);
        }
    }
}
