namespace Hebb.Kernels.Tests;

/// <summary>The sums of a convolution written down directly, in double.</summary>
internal static class ConvReference
{
    /// <summary>Calls with every output, weight and the input that they meet at: (n, o, i, j), (o, c in group, u, v), (c, h, w).</summary>
    public static void Visit(ConvShape s, Action<int[], int[], int[]> visit)
    {
        int perGroup = s.C / s.Groups, outsPerGroup = s.OutC / s.Groups;
        foreach (int[] y in Layout.Indices([s.N, s.OutC, s.OutH, s.OutW]))
        {
            foreach (int[] k in Layout.Indices([perGroup, s.KernelH, s.KernelW]))
            {
                int h = (y[2] * s.StrideH) - s.PadH + (k[1] * s.DilationH), w = (y[3] * s.StrideW) - s.PadW + (k[2] * s.DilationW);
                if (h < 0 || h >= s.H || w < 0 || w >= s.W) continue;
                visit(y, k, [(y[1] / outsPerGroup * perGroup) + k[0], h, w]);
            }
        }
    }

    public static int WeightAt(ConvShape s, int o, int[] k) => ((((o * (s.C / s.Groups)) + k[0]) * s.KernelH) + k[1]) * s.KernelW + k[2];

    public static double[] Forward<T>(ConvShape s, ImageStack<T> x, T[] w, T[] bias)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var y = ImageStack<double>.In(ConvLayout.ChannelLanes, [s.N, s.OutC, s.OutH, s.OutW]);
        foreach (int[] i in Layout.Indices(y.Sizes)) y[i[0], i[1], i[2], i[3]] = bias.Length == 0 ? 0 : double.CreateTruncating(bias[i[1]]);
        Visit(s, (o, k, i) => y[o[0], o[1], o[2], o[3]]
            += double.CreateTruncating(x[o[0], i[0], i[1], i[2]]) * double.CreateTruncating(w[WeightAt(s, o[1], k)]));
        return y.ToDoubles();
    }

    public static double[] InputGradient<T>(ConvShape s, ImageStack<T> dy, T[] w)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var dx = ImageStack<double>.In(ConvLayout.ChannelLanes, [s.N, s.C, s.H, s.W]);
        Visit(s, (o, k, i) => dx[o[0], i[0], i[1], i[2]]
            += double.CreateTruncating(dy[o[0], o[1], o[2], o[3]]) * double.CreateTruncating(w[WeightAt(s, o[1], k)]));
        return dx.ToDoubles();
    }

    public static double[] WeightGradient<T>(ConvShape s, ImageStack<T> x, ImageStack<T> dy)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        double[] dw = new double[s.WeightLength];
        Visit(s, (o, k, i) => dw[WeightAt(s, o[1], k)]
            += double.CreateTruncating(dy[o[0], o[1], o[2], o[3]]) * double.CreateTruncating(x[o[0], i[0], i[1], i[2]]));
        return dw;
    }

    public static double[] BiasGradient<T>(ImageStack<T> dy) where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        double[] db = new double[dy.Sizes[1]];
        foreach (int[] i in Layout.Indices(dy.Sizes)) db[i[1]] += double.CreateTruncating(dy[i[0], i[1], i[2], i[3]]);
        return db;
    }
}
