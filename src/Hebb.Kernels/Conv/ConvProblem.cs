namespace Hebb.Kernels;

/// <summary>Everything that a plan of a convolution may depend on.</summary>
/// <param name="Pass">What is computed.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Layout">
/// The layout of what is written; for gradients of weights, the one in which <paramref name="Y"/> is read fastest.
/// </param>
/// <param name="X">The strides of the inputs [N, C, H, W] or of their gradients.</param>
/// <param name="Y">The strides of the outputs [N, OutC, OutH, OutW] or of their gradients.</param>
/// <param name="HasBias">Whether gradients of the bias are asked for.</param>
internal readonly record struct ConvProblem(ConvPass Pass, ConvShape Shape, ConvLayout Layout, Dims X, Dims Y, bool HasBias)
{
    /// <summary>Whether gradients of inputs are computed, so that outputs are the source.</summary>
    public bool IsBackward => Pass == ConvPass.InputGradient;

    /// <summary>Whether gradients of weights are computed.</summary>
    public bool IsWeightGradient => Pass == ConvPass.WeightGradient;

    /// <summary>Sizes of the inputs.</summary>
    public Dims InputSizes => ConvCheck.Inputs(Shape);

    /// <summary>Sizes of the outputs.</summary>
    public Dims OutputSizes => ConvCheck.Outputs(Shape);

    /// <summary>Sizes of the stack that a correlation reads.</summary>
    public Dims SourceSizes => IsBackward ? OutputSizes : InputSizes;

    /// <summary>Sizes of the stack that a correlation writes.</summary>
    public Dims TargetSizes => IsBackward ? InputSizes : OutputSizes;

    /// <summary>Strides of the stack that a correlation reads.</summary>
    public Dims SourceStrides => IsBackward ? Y : X;

    /// <summary>Strides of the stack that a correlation writes.</summary>
    public Dims TargetStrides => IsBackward ? X : Y;

    /// <summary>Refuses element types, sizes, layouts and strides that do not fit together.</summary>
    /// <exception cref="ArgumentException">They do not; the message says what.</exception>
    public void Validate<T>() where T : unmanaged
    {
        ConvCheck.Shape<T>(Shape);
        ConvCheck.Strides(InputName, X);
        ConvCheck.Strides(OutputName, Y);
        int axis = ConvCheck.LaneAxis(Layout);
        if (RowPlan<T>.Suits(Shape, Layout, Pass) && RowPlan<T>.WritesRows(Y)) return;
        if (Pass == ConvPass.Forward) ConvCheck.Target(OutputName, OutputSizes, Y, Layout, axis);
        if (Pass == ConvPass.InputGradient) ConvCheck.Target(InputName, InputSizes, X, Layout, axis);
    }

    /// <summary>What errors call the inputs or their gradients.</summary>
    public string InputName => IsBackward ? "dx" : "x";

    /// <summary>What errors call the outputs or their gradients.</summary>
    public string OutputName => Pass == ConvPass.Forward ? "y" : "dy";
}
