namespace Hebb.Layers;

/// <summary>
/// A tensor and, if it holds sequences that were padded to one length, the mask of the steps that count. Modules that heed masks, or that
/// have several inputs or outputs, take and give it; a plain tensor converts to one without a mask.
/// </summary>
public readonly struct MaskedTensor
{
    private readonly bool _isZeroed;

    /// <summary>A tensor with a mask.</summary>
    /// <param name="values">The values, with the samples along axis 0.</param>
    /// <param name="mask">bool [N, T]: true where a step counts, at the first steps of each sample; null if all count.</param>
    /// <exception cref="ShapeException">The mask is not bool [N, T] with as many samples as the values.</exception>
    public MaskedTensor(Tensor values, Tensor? mask = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (mask is not null && (mask.DType != DType.Bool || mask.Rank != 2 || values.Rank < 2 || mask.Shape[0] != values.Shape[0]))
            throw new ShapeException(
                $"A mask {mask.Spec} was given for {values.Spec}; give bool[N, T] for values [N, ...] of as many samples.");
        (Values, Mask) = (values, mask);
    }

    private MaskedTensor(Tensor values, Tensor? mask, bool isZeroed, bool isFallback) =>
        (Values, Mask, _isZeroed, IsFallback) = (values, mask, isZeroed, isFallback);

    /// <summary>The values; at steps that do not count they are finite and mean nothing.</summary>
    public Tensor Values { get; }

    /// <summary>bool [N, T], true where a step counts; null if all count.</summary>
    public Tensor? Mask { get; }

    /// <summary>
    /// Whether a module that overrides no form of OnForward for one tensor was called with one; see <see cref="Module.OnForward(Tensor)"/>.
    /// </summary>
    internal bool IsFallback { get; }

    /// <summary>Values that are known to be 0 at the steps that do not count, so that no layer has to make them so.</summary>
    /// <param name="values">The values, with the samples along axis 0.</param>
    /// <param name="mask">bool [N, T]: true where a step counts.</param>
    public static MaskedTensor Zeroed(Tensor values, Tensor mask)
    {
        MaskedTensor whole = new(values, mask);
        return new MaskedTensor(whole.Values, whole.Mask, isZeroed: true, isFallback: false);
    }

    /// <summary>Other values with the same mask.</summary>
    public MaskedTensor With(Tensor values) => new(values, Mask);

    /// <summary>
    /// f(values) with the same mask, for a function that leaves the steps in place: <c>x.Map(y => y.Permute(0, 2, 1))</c>.
    /// </summary>
    public MaskedTensor Map(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return With(function(Values));
    }

    /// <summary>The values, with a number in place of the steps that do not count.</summary>
    /// <param name="number">The number.</param>
    /// <param name="axis">The axis of the steps in the values.</param>
    /// <exception cref="ShapeException">The axis has another number of steps than the mask.</exception>
    public Tensor Fill(double number, int axis) =>
        Mask is null || (number == 0 && _isZeroed) ? Values : Tensor.Where(MaskAlong(axis), Values, number);

    /// <summary>A value for each sample and step, 1 where the step counts and 0 elsewhere, [N, T] in a type.</summary>
    /// <exception cref="InvalidOperationException">There is no mask.</exception>
    internal Tensor Counts(DType dtype) =>
        Mask?.Cast(dtype)
            ?? throw new InvalidOperationException("The steps that count were asked of a tensor without a mask; test Mask first.");

    /// <summary>The mask in a shape that broadcasts with the values.</summary>
    private Tensor MaskAlong(int axis)
    {
        Tensor mask = Mask!;
        axis = Values.Shape.Axis(axis);
        if (axis == 0 || Values.Shape[axis] != mask.Shape[1])
            throw new ShapeException(
                $"A mask {mask.Spec} was given for the steps along axis {axis} of {Values.Spec}; "
                + $"give one bool[{Values.Shape[0]}, {Values.Shape[axis]}].");
        Shape shape = mask.Shape;
        for (int i = 1; i < axis; i++) shape = shape.Insert(1, 1);
        while (shape.Rank < Values.Rank) shape = shape.Insert(shape.Rank, 1);
        return mask.Reshape(shape);
    }

    /// <summary>A tensor without a mask.</summary>
    public static implicit operator MaskedTensor(Tensor values) => new(values);

    /// <inheritdoc/>
    public override string ToString() => Mask is null ? $"{Values.Spec}" : $"{Values.Spec} with a mask of {Mask.Shape[1]} steps";

    internal static MaskedTensor Fallback(Tensor values) => new(values, mask: null, isZeroed: false, isFallback: true);
}
