namespace Hebb.Kernels;

/// <summary>
/// The order in which a convolution lays out the image stacks that it writes. Logically they stay [N, C, H, W]; the order shows only in
/// the strides.
/// </summary>
internal enum ConvLayout
{
    /// <summary>Order N, H, W, C: channels lie side by side, and registers of lanes hold neighboring channels.</summary>
    ChannelLanes,

    /// <summary>
    /// Order C, H, W, N: the images of the batch lie side by side, and registers of lanes hold the same pixel of several images.
    /// </summary>
    BatchLanes,
}

/// <summary>Strides of layouts.</summary>
internal static class ConvLayouts
{
    /// <summary>The strides, for the logical axes N, C, H, W, of a stack without gaps in the given layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="n">Images.</param>
    /// <param name="c">Channels.</param>
    /// <param name="h">Rows.</param>
    /// <param name="w">Columns.</param>
    /// <returns>Four strides in elements.</returns>
    /// <exception cref="OverflowException">The stack has 2^31 elements or more.</exception>
    public static Dims Strides(this ConvLayout layout, int n, int c, int h, int w) => layout switch
    {
        ConvLayout.BatchLanes => [1, checked(n * h * w), checked(n * w), n],
        ConvLayout.ChannelLanes => [checked(h * w * c), 1, checked(w * c), c],
        _ => throw new ArgumentOutOfRangeException(nameof(layout), $"There is no layout {layout}."),
    };
}
