namespace Hebb;

/// <summary>
/// What is known of an application of an op before there are values: type, shape and layout of each operand and result. An op that binds
/// its kernel may ask for operands in another layout and for working memory; both are provided by whoever runs the kernel.
/// </summary>
public ref struct OpCall
{
    private readonly Span<TensorSpec> _inputs;
    private readonly ReadOnlySpan<TensorSpec> _outputs;
    private List<Relayout>? _relayouts;
    private List<TensorSpec>? _working;

    /// <param name="inputs">The operands; replaced where the op asks for another layout.</param>
    /// <param name="outputs">The results.</param>
    internal OpCall(Span<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs)
    {
        _inputs = inputs;
        _outputs = outputs;
    }

    /// <summary>How many operands there are.</summary>
    public readonly int InputCount => _inputs.Length;

    /// <summary>How many results there are.</summary>
    public readonly int OutputCount => _outputs.Length;

    /// <summary>
    /// The floating-point type that the op computes in: that of the first result, or of the first operand where the result holds no
    /// floating-point numbers.
    /// </summary>
    public readonly DType FloatType => _outputs.Length > 0 && _outputs[0].DType.IsFloat ? _outputs[0].DType : _inputs[0].DType;

    /// <summary>Operands that have to be copied before the kernel runs, in this order; null for none.</summary>
    internal readonly IReadOnlyList<Relayout>? Relayouts => _relayouts;

    /// <summary>Working tensors; null for none.</summary>
    internal readonly IReadOnlyList<TensorSpec>? WorkingTensors => _working;

    /// <summary>Type, shape and layout of operand i, as the kernel will see it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    public readonly TensorSpec Input(int i) => _inputs[OpValues.Place(i, _inputs.Length, "operand")];

    /// <summary>Type, shape and layout of result i.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such result.</exception>
    public readonly TensorSpec Output(int i) => _outputs[OpValues.Place(i, _outputs.Length, "result")];

    /// <summary>Asks for operand i in row-major order without gaps. It is copied before each run unless it lies so.</summary>
    /// <returns>The operand as the kernel will see it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    public TensorSpec RowMajor(int i) => Laid(i, new TensorSpec(Input(i).DType, Input(i).Shape));

    /// <summary>Asks for operand i in a layout of its type and shape. It is copied before each run unless it lies so.</summary>
    /// <returns>The operand as the kernel will see it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operand.</exception>
    /// <exception cref="ShapeException">The layout is of another type or shape.</exception>
    public TensorSpec Laid(int i, in TensorSpec layout)
    {
        TensorSpec given = Input(i);
        if (layout.DType != given.DType || layout.Shape != given.Shape)
            throw new ShapeException($"A layout of {layout} was asked for operand {i}, which is {given}; only its strides can be others.");
        if (given.Strides == layout.Strides || (given.IsContiguous && layout.IsContiguous)) return given;
        (_relayouts ??= []).Add(new Relayout(i, given, layout));
        return _inputs[i] = layout;
    }

    /// <summary>Asks for a working tensor, which holds any numbers before each run.</summary>
    /// <returns>Its number for <see cref="OpValues.Working{T}"/>.</returns>
    public int Working(in TensorSpec spec)
    {
        (_working ??= []).Add(spec);
        return _working.Count - 1;
    }

    /// <summary>A copy of an operand in another layout.</summary>
    internal readonly record struct Relayout(int Input, TensorSpec From, TensorSpec To);
}
