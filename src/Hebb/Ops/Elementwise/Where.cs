using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = a where the condition holds, b elsewhere; all three broadcast. The gradient of each goes to the operand that was chosen.
    /// </summary>
    public readonly record struct Where : IOp, IAnyKernel
    {
        (int Least, int Most) IOp.Operands => (3, 3);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec condition = inputs[0], a = inputs[1], b = inputs[2];
            if (condition.DType != DType.Bool)
                throw new ShapeException(
                    $"Where got the condition {condition}, but a condition is a bool tensor; compare with >, < or NotEqualTo(0).");
            if (a.DType != b.DType)
                throw new ShapeException(
                    $"Where got values of two types, {a} and {b}; convert one with Cast(DType.{a.DType}) or Cast(DType.{b.DType}).");
            if (!Shape.TryBroadcast(a.Shape, b.Shape, out Shape values) || !Shape.TryBroadcast(values, condition.Shape, out Shape shape))
                throw new ShapeException($"Where got shapes {condition.Shape}, {a.Shape} and {b.Shape}, which do not broadcast; "
                    + "axes counted from the end must be equal or 1.");
            outputs[0] = new TensorSpec(a.DType, shape);
        }

        void IOp.Lay(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs) => outputs[0] = Elementwise.Lay(outputs[0], inputs[1..]);

        Kernel IOp.Bind(ref OpCall call) => ElementTypes.Any(this, call.Output(0).DType, ref call);

        Kernel IAnyKernel.Bind<T>(ref OpCall call)
        {
            Loop loop = Elementwise.Walk(call);
            return (in v) => Map.Select(loop, v.Input<bool>(0), v.Input<T>(1), v.Input<T>(2), v.Output<T>(0));
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dy = flow.Upstream(0), condition = flow.Input(0);
            if (flow.Needs(1)) flow.Give(1, Tensor.Where(condition, dy, 0));
            if (flow.Needs(2)) flow.Give(2, Tensor.Where(condition, 0, dy));
        }
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>a where the condition holds, b elsewhere; all three broadcast.</summary>
        /// <exception cref="ShapeException">
        /// The condition is not bool, the types of a and b differ, or shapes do not broadcast.
        /// </exception>
        public static Tensor Where(Tensor condition, Tensor a, Tensor b) => condition.Apply(new Where(), a, b);

        /// <summary>a where the condition holds, the constant c elsewhere.</summary>
        public static Tensor Where(Tensor condition, Tensor a, double c) => Tensor.Where(condition, a, a.Like(c));

        /// <summary>The constant c where the condition holds, b elsewhere.</summary>
        public static Tensor Where(Tensor condition, double c, Tensor b) => Tensor.Where(condition, b.Like(c), b);
    }
}
