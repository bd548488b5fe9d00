namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Which steps of sequences of unequal lengths count: for lengths [N], bool [N, steps], true where step &lt; length. Where sequences are the numbers of tokens with a
        /// padding behind them, <c>tokens.NotEqualTo(padding)</c> is that mask.
        /// </summary>
        /// <exception cref="ShapeException">The lengths are not an int64 vector.</exception>
        public Tensor LengthMask(int steps)
        {
            if (x.Rank != 1 || x.DType != DType.Int64) throw new ShapeException($"LengthMask got {x.Spec}; give lengths, int64 [N].");
            ArgumentOutOfRangeException.ThrowIfNegative(steps);
            return Tensor.Arange(0, steps) < x.Unsqueeze(1);
        }

        /// <summary>
        /// The largest number of each channel over the steps that count: sequences [N, C, T] become [N, C]. Where no step counts it is 0. The gradient goes to the first of
        /// equals.
        /// </summary>
        /// <param name="mask">bool [N, T], true where a step counts; all if left out.</param>
        /// <exception cref="ShapeException">The sequences have no steps, or the mask has another type or shape.</exception>
        public Tensor MaxOverTime(Tensor? mask = null)
        {
            Tensor? counts = Steps("MaxOverTime", x, mask);
            if (counts is null) return x.Max(2);
            Tensor largest = Tensor.Where(counts, x, double.NegativeInfinity).Max(2);
            return Tensor.Where(mask!.CountNonZero(1).Unsqueeze(1).NotEqualTo(0), largest, 0);
        }

        /// <summary>The mean of each channel over the steps that count: sequences [N, C, T] become [N, C]. Where no step counts it is 0.</summary>
        /// <param name="mask">bool [N, T], true where a step counts; all if left out.</param>
        /// <exception cref="ShapeException">The sequences have no steps, or the mask has another type or shape.</exception>
        public Tensor MeanOverTime(Tensor? mask = null)
        {
            Tensor? counts = Steps("MeanOverTime", x, mask);
            if (counts is null) return x.Mean(2);
            Tensor number = mask!.CountNonZero(1).Cast(x.DType).Clip(1, x.Shape[2]).Unsqueeze(1);
            return Tensor.Where(counts, x, 0).Sum(2) / number;
        }
    }

    /// <summary>A mask of steps for all channels alike; null without a mask.</summary>
    private static Tensor? Steps(string op, Tensor x, Tensor? mask)
    {
        if (x.Rank != 3 || x.Shape[2] == 0) throw new ShapeException($"{op} got {x.Spec}; it needs sequences [N, C, T] with at least one step.");
        if (mask is null) return null;
        Shape steps = [x.Shape[0], x.Shape[2]];
        if (mask.DType != DType.Bool || mask.Shape != steps) throw new ShapeException($"{op} got a mask {mask.Spec} for sequences {x.Spec}; give bool{steps}.");
        return mask.Unsqueeze(1);
    }
}
