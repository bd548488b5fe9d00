namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The largest number of each channel over the steps that count: sequences [N, C, T] become [N, C]. Where no step counts it is 0.
        /// The gradient goes to the first of equals.
        /// </summary>
        /// <param name="mask">bool [N, T], true where a step counts; all if left out.</param>
        /// <exception cref="ShapeException">The sequences have no steps, or the mask has another type or shape.</exception>
        public Tensor MaxOverTime(Tensor? mask = null)
        {
            RequireSteps("MaxOverTime", x, mask);
            if (mask is null) return x.Max(2);
            Tensor largest = Tensor.Where(mask.Unsqueeze(1), x, double.NegativeInfinity).Max(2);
            return Tensor.Where(mask.Any(1).Unsqueeze(1), largest, 0);
        }
    }

    /// <summary>Refuses sequences without steps, and a mask that is not one of theirs.</summary>
    private static void RequireSteps(string op, Tensor x, Tensor? mask)
    {
        if (x.Rank != 3 || x.Shape[2] == 0)
            throw new ShapeException($"{op} got {x.Spec}; it needs sequences [N, C, T] with at least one step.");
        if (mask is null) return;
        Shape steps = [x.Shape[0], x.Shape[2]];
        if (mask.DType != DType.Bool || mask.Shape != steps)
            throw new ShapeException($"{op} got a mask {mask.Spec} for sequences {x.Spec}; give bool{steps}.");
    }
}
