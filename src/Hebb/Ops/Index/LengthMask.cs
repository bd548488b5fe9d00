namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Which steps of sequences of unequal lengths count: for lengths [N], bool [N, steps], true where step &lt; length. Where
        /// sequences are the numbers of tokens with a padding behind them, <c>tokens.NotEqualTo(padding)</c> is that mask.
        /// </summary>
        /// <exception cref="ShapeException">The lengths are not an int64 vector.</exception>
        public Tensor LengthMask(int steps)
        {
            if (x.Rank != 1 || x.DType != DType.Int64) throw new ShapeException($"LengthMask got {x.Spec}; give lengths, int64 [N].");
            Argument.AtLeast(steps, 0);
            return Tensor.Arange(0, steps) < x.Unsqueeze(1);
        }
    }
}
