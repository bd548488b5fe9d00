namespace Hebb.Layers;

/// <summary>What becomes of a mask when a window moves over the steps.</summary>
internal static class StepWindows
{
    /// <summary>
    /// bool [N, T'], true for the windows that each sequence would have alone: window i of a sequence of n steps, if i s + r ≤ n + 2 p with
    /// the reach r = d (kernel - 1) + 1.
    /// </summary>
    /// <param name="mask">bool [N, T], true at the first steps of each sequence.</param>
    /// <param name="kernel">The positions of the window.</param>
    /// <param name="stride">s, from one window to the next.</param>
    /// <param name="pad">p, the positions added at each end.</param>
    /// <param name="dilation">d, from one place in the window to the next.</param>
    public static Tensor Mask(Tensor mask, int kernel, int stride, int pad, int dilation = 1)
    {
        int windows = ConvSizes.Output(mask.Shape[1], kernel, stride, pad, dilation), last = dilation * (kernel - 1) - 2 * pad;
        if (stride == 1 && last == 0) return mask;
        long[] steps = new long[windows];
        for (int i = 0; i < windows; i++) steps[i] = Math.Max(0, i * stride + last);
        return mask.Take(Tensor.From(steps), 1);
    }
}
