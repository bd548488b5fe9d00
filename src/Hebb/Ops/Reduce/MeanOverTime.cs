namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The mean of each channel over the steps that count: sequences [N, C, T] become [N, C]. Where no step counts it is 0.
        /// </summary>
        /// <param name="mask">bool [N, T], true where a step counts; all if left out.</param>
        /// <exception cref="ShapeException">The sequences have no steps, or the mask has another type or shape.</exception>
        public Tensor MeanOverTime(Tensor? mask = null)
        {
            RequireSteps("MeanOverTime", x, mask);
            if (mask is null) return x.Mean(2);
            Tensor number = mask.CountNonZero(1).Cast(x.DType).Clip(1, x.Shape[2]).Unsqueeze(1);
            return Tensor.Where(mask.Unsqueeze(1), x, 0).Sum(2) / number;
        }
    }
}
