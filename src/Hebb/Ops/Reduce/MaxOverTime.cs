namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
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
