using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Ops
{
    /// <summary>
    /// y = -(t max(ln p, -100) + (1 - t) max(ln(1 - p), -100)): the Bernoulli cross-entropy of probabilities p. The gradient is
    /// (p - t) / max(p (1 - p), 1e-12), so that certainties give no infinity.
    /// </summary>
    public readonly record struct BinaryCrossEntropy : IBinary<BinaryCrossEntropy>
    {
        bool IElementwise.IsTranscendental => true;

        bool IBinary<BinaryCrossEntropy>.ReadsOutput => false;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V p, V t)
        {
            V least = V.Of(-100), yes = V.GreaterOf(least, V.Log(p)), no = V.GreaterOf(least, V.Log1p(-p));
            return -(t * yes + (V.Of(1) - t) * no);
        }

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy * a.Apply(new BinaryCrossEntropySlope(), b);

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) =>
            dy * (HeldLog(1 - a) - HeldLog(a));

        // max(ln p, -100), whose slope at 0 is 0: the inner bound keeps the logarithm's infinite one away.
        private static Tensor HeldLog(Tensor p) => p.Clip(1e-44, double.PositiveInfinity).Log().Clip(-100, double.PositiveInfinity);
    }

    /// <summary>y = (p - t) / max(p (1 - p), 1e-12): the slope of the Bernoulli cross-entropy in p.</summary>
    public readonly record struct BinaryCrossEntropySlope : IBinary<BinaryCrossEntropySlope>
    {
        private const double Least = 1e-12;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        V IBinaryLane.Lane<V>(V p, V t) => (p - t) / V.GreaterOf(V.Of(Least), p * (V.Of(1) - p));

        /// <inheritdoc/>
        public Tensor GradA(Tensor dy, Tensor a, Tensor b, Tensor y)
        {
            Tensor spread = a * (1 - a), held = spread.Clip(Least, double.PositiveInfinity);
            return dy * (1 - Tensor.Where(spread > Least, y * (1 - a * 2), 0)) / held;
        }

        /// <inheritdoc/>
        public Tensor GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => -dy / (a * (1 - a)).Clip(Least, double.PositiveInfinity);
    }
}

namespace Hebb
{
    using Hebb.Ops;

    public static partial class TensorOps
    {
        extension(Tensor p)
        {
            /// <summary>The Bernoulli cross-entropy of each probability with its target, with logarithms held at -100 or above.</summary>
            /// <exception cref="ShapeException">Types differ or shapes do not broadcast.</exception>
            public Tensor BinaryCrossEntropy(Tensor target) => p.Apply(new BinaryCrossEntropy(), target);
        }
    }
}
