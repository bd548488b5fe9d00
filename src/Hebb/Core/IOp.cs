using Hebb.Kernels;

namespace Hebb;

/// <summary>
/// One operation on tensors: its shape rule, its kernel call and its gradient, the latter written in tensor operations so that it can
/// itself be recorded and differentiated. Ops are record structs, so that equality and printing come from the language.
/// </summary>
public interface IOp
{
    /// <summary>The name that errors, graphs and profiles print.</summary>
    string Name => GetType().Name;

    /// <summary>How many outputs the op has; only the first is what its spelling returns, others serve the gradient.</summary>
    int OutputCount => 1;

    /// <summary>
    /// From the fewest operands that the op takes to the most; others never come to <see cref="Infer"/>. By default any number.
    /// </summary>
    (int Least, int Most) Operands => (0, int.MaxValue);

    /// <summary>The rule for types and shapes: checks the inputs and gives each output's type and shape, in row-major order.</summary>
    /// <exception cref="ShapeException">The inputs do not fit.</exception>
    void Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs);

    /// <summary>Chooses layouts of outputs that suit the kernel; by default all stay in row-major order.</summary>
    /// <param name="inputs">The inputs, which <see cref="Infer"/> has accepted.</param>
    /// <param name="outputs">What Infer gave; replaced by specs of the same type and shape with other strides, without gaps.</param>
    void Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) { }

    /// <summary>
    /// The kernel for operands of these types, shapes and layouts: what can be decided without values is decided here, once. It may be run
    /// many times. Ops that are written once for several element types implement <see cref="IFloatOp"/>, <see cref="INumberOp"/> or
    /// <see cref="IAnyOp"/> instead.
    /// </summary>
    Kernel Bind(ref OpCall call);

    /// <summary>
    /// Floating-point operations of one run, a fused multiply-add counted as two:
    /// one for each result unless the op says otherwise; none for views.
    /// </summary>
    double Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => outputs[0].Shape.Count;

    /// <summary>Gives each input that needs it the gradient of the loss, from the gradients that reached the outputs.</summary>
    void Grad(GradientFlow flow);
}

/// <summary>An op whose output is another look at its input's memory, without a copy.</summary>
public interface IView : IOp
{
    /// <summary>The output's layout, and how many elements after the input's first element it starts.</summary>
    /// <exception cref="ShapeException">The input cannot be seen that way.</exception>
    (TensorSpec Spec, int Offset) View(in TensorSpec input);

    (int Least, int Most) IOp.Operands => (1, 1);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = View(inputs[0]).Spec;

    Kernel IOp.Bind(ref OpCall call) => static (in _) => { };

    double IOp.Flops(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs) => 0;
}

/// <summary>
/// An op each element of whose result depends on the elements of its operands at the same place alone, so that the result may be written
/// over an operand that lies in memory as it does.
/// </summary>
public interface IElementwise : IOp
{
    /// <summary>Whether it costs as much as an exponential function; a loop into which ops are fused has one such op at most.</summary>
    bool IsTranscendental => false;

    /// <summary>
    /// The op applied to what its operands are computed from; null if it has no lane function, and so cannot be a part of a fused loop.
    /// </summary>
    ElementwiseExpression? Over(ReadOnlySpan<ElementwiseExpression> operands) => null;
}

/// <summary>An elementwise function of one tensor, y = f(x), for float32 and float64.</summary>
public interface IUnary<TSelf> : IElementwise, IUnaryLane where TSelf : struct, IUnary<TSelf>
{
    /// <summary>The number in the formula beside x, which must be one of x's type; 0 if there is none.</summary>
    double Constant => 0;

    /// <summary>Whether <see cref="Grad(Tensor, Tensor, Tensor)"/> reads x.</summary>
    bool ReadsInput => true;

    /// <summary>Whether <see cref="Grad(Tensor, Tensor, Tensor)"/> reads y.</summary>
    bool ReadsOutput => true;

    /// <summary>dL/dx from dL/dy, x and y.</summary>
    Tensor Grad(Tensor dy, Tensor x, Tensor y);

    (int Least, int Most) IOp.Operands => (1, 1);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        outputs[0] = Elementwise.Infer(Name, inputs[0]);
        ElementTypes.RequireHeld(Constant, inputs[0].DType);
    }

    void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], inputs);

    Kernel IOp.Bind(ref OpCall call) => Elementwise.Unary((TSelf)this, ref call);

    ElementwiseExpression IElementwise.Over(ReadOnlySpan<ElementwiseExpression> operands) => operands[0].Then((TSelf)this);

    void IOp.Grad(GradientFlow flow) =>
        flow.Give(0, Grad(flow.Upstream(0), flow.Input(0, ReadsInput), flow.Output(0, ReadsOutput)));
}

/// <summary>An elementwise function of two tensors that broadcast to each other, y = f(a, b), for float32 and float64.</summary>
public interface IBinary<TSelf> : IElementwise, IBinaryLane where TSelf : struct, IBinary<TSelf>
{
    /// <summary>Whether the gradients read a and b.</summary>
    bool ReadsInputs => true;

    /// <summary>Whether the gradients read y.</summary>
    bool ReadsOutput => true;

    /// <summary>dL/da, in a's shape or the broadcast one.</summary>
    Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y);

    /// <summary>dL/db, in b's shape or the broadcast one.</summary>
    Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y);

    (int Least, int Most) IOp.Operands => (2, 2);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) =>
        outputs[0] = Elementwise.Infer(Name, inputs[0], inputs[1], this is IIntegerBinary);

    void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], inputs);

    Kernel IOp.Bind(ref OpCall call) => this is IIntegerBinary whole && call.Output(0).DType == DType.Int64
        ? Elementwise.Integers(whole, ref call)
        : Elementwise.Binary((TSelf)this, ref call);

    ElementwiseExpression IElementwise.Over(ReadOnlySpan<ElementwiseExpression> operands) => operands[0].With((TSelf)this, operands[1]);

    void IOp.Grad(GradientFlow flow)
    {
        Tensor dy = flow.Upstream(0), a = flow.Input(0, ReadsInputs), b = flow.Input(1, ReadsInputs), y = flow.Output(0, ReadsOutput);
        if (flow.Needs(0)) flow.Give(0, GradA(dy, a, b, y));
        if (flow.Needs(1)) flow.Give(1, GradB(dy, a, b, y));
    }
}

/// <summary>An elementwise function that also works on int64 tensors.</summary>
public interface IIntegerBinary
{
    /// <summary>The function of two whole numbers.</summary>
    long Whole(long a, long b);
}

/// <summary>An elementwise question about two tensors that broadcast to each other; the lane gives a mask, the tensor is bool.</summary>
public interface IComparison<TSelf> : IOp, IBinaryLane, IIntegerBinary where TSelf : struct, IComparison<TSelf>
{
    (int Least, int Most) IOp.Operands => (2, 2);

    void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
    {
        TensorSpec both = Elementwise.Infer(Name, inputs[0], inputs[1], integers: true);
        outputs[0] = new TensorSpec(DType.Bool, both.Shape);
    }

    void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], inputs);

    Kernel IOp.Bind(ref OpCall call) => Elementwise.Compare((TSelf)this, ref call);

    void IOp.Grad(GradientFlow flow) { }
}
