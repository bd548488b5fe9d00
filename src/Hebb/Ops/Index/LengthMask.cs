using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>y[n, t] = whether t &lt; L of sequence n, for lengths L, int64 [N], from 0 to Steps.</summary>
    public readonly record struct LengthMask(int Steps) : IOp
    {
        (int Least, int Most) IOp.Operands => (1, 1);

        void IOp.Infer(ReadOnlySpan<TensorSpec> inputs, Span<TensorSpec> outputs)
        {
            TensorSpec lengths = inputs[0];
            if (lengths.Shape.Rank != 1 || lengths.DType != DType.Int64)
                throw new ShapeException($"LengthMask got {lengths}; give lengths, int64 [N].");
            outputs[0] = new TensorSpec(DType.Bool, [lengths.Shape[0], Argument.AtLeast(Steps, 0)]);
        }

        Kernel IOp.Bind(ref OpCall call)
        {
            call.RowMajor(0);
            int steps = Steps;
            return (in v) => Sequences.Mask(steps, v.Input<long>(0), v.Output<bool>(0));
        }

        void IOp.Grad(GradientFlow flow) { }

        /// <inheritdoc/>
        public override string ToString() => InvariantText.Of(nameof(LengthMask), PrintMembers);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor x)
        {
            /// <summary>
            /// Which steps of sequences of unequal lengths count: for lengths [N], bool [N, steps], true where step &lt; length. Where
            /// sequences are the numbers of tokens with a padding behind them, <c>tokens.NotEqualTo(padding)</c> is that mask.
            /// </summary>
            /// <exception cref="ShapeException">The lengths are not an int64 vector.</exception>
            /// <exception cref="ArgumentException">A length is negative or beyond the steps.</exception>
            public Tensor LengthMask(int steps) => x.Apply(new LengthMask(steps));
        }
    }
}
