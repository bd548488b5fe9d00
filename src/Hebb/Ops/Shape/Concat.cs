namespace Hebb.Ops
{
    /// <summary>Several tensors one after the other along an axis; all other sizes are equal.</summary>
    public readonly record struct Concat(int Axis) : IOp
    {
        (int Least, int Most) IOp.Operands => (1, int.MaxValue);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            int axis = inputs[0].Shape.Axis(Axis);
            long size = 0;
            foreach (TensorSpec input in inputs)
            {
                if (input.DType != inputs[0].DType || input.Shape.Rank != inputs[0].Shape.Rank
                    || input.Shape.With(axis, 0) != inputs[0].Shape.With(axis, 0))
                    throw new ShapeException(
                        $"Concat along axis {axis} got {inputs[0]} and {input}; only the sizes along that axis may differ.");
                size += input.Shape[axis];
            }
            outputs[0] = new TensorSpec(inputs[0].DType, inputs[0].Shape.With(axis, Shape.Size(size)));
        }

        Kernel IOp.Bind(ref OpCall call)
        {
            TensorSpec y = call.Output(0);
            int axis = y.Shape.Axis(Axis), start = 0;
            List<Kernel> parts = [];
            for (int i = 0; i < call.InputCount; i++)
            {
                TensorSpec x = call.Input(i);
                if (x.Shape.Count > 0) parts.Add(Copies.Into(i, x, new TensorSpec(y.DType, x.Shape, y.Strides), start * y.Strides[axis]));
                start += x.Shape[axis];
            }
            return (in v) =>
            {
                foreach (Kernel part in parts) part(v);
            };
        }

        /// <inheritdoc/>
        public void Grad(GradientFlow flow)
        {
            Tensor dy = flow.Upstream(0);
            int axis = dy.Shape.Axis(Axis), start = 0;
            for (int i = 0; i < flow.InputCount; i++)
            {
                int size = flow.InputSpec(i).Shape[axis];
                if (flow.Needs(i)) flow.Give(i, dy.Narrow(axis, start, size));
                start += size;
            }
        }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(Concat), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public partial class Tensor
    {
        /// <summary>Several tensors one after the other along an axis: <c>Tensor.Concat([a, b], axis: 1)</c>.</summary>
        /// <exception cref="ShapeException">There is none, types differ, or sizes differ along another axis.</exception>
        public static Tensor Concat(ReadOnlySpan<Tensor> parts, int axis = 0)
        {
            if (parts.Length == 0) throw new ShapeException("Concat got no tensors; give at least one.");
            return parts.Length == 1 ? parts[0] : parts[0].Apply(new Concat(parts[0].Shape.Axis(axis)), parts[1..]);
        }

        /// <inheritdoc cref="Concat(ReadOnlySpan{Tensor}, int)"/>
        public static Tensor Concat(Tensor[] parts, int axis = 0) => Concat((ReadOnlySpan<Tensor>)parts, axis);

        /// <summary>Several tensors of one shape side by side along a new axis, put before the given one (-1: at the end).</summary>
        /// <exception cref="ShapeException">There is none, or types or shapes differ.</exception>
        public static Tensor Stack(ReadOnlySpan<Tensor> parts, int axis = 0)
        {
            Tensor[] wide = new Tensor[parts.Length];
            for (int i = 0; i < wide.Length; i++)
            {
                if (parts[i].Shape != parts[0].Shape)
                    throw new ShapeException($"Stack got {parts[0].Spec} and {parts[i].Spec}; all shapes must be equal.");
                wide[i] = parts[i].Unsqueeze(axis);
            }
            return Tensor.Concat(wide, axis);
        }

        /// <inheritdoc cref="Stack(ReadOnlySpan{Tensor}, int)"/>
        public static Tensor Stack(Tensor[] parts, int axis = 0) => Stack((ReadOnlySpan<Tensor>)parts, axis);
    }
}
