using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// y[n, o] = b[o] + the largest of Σ x[n, c, t + k - (K - 1) / 2] w[o, c, k] over the steps t that count:
        /// a convolution of sequences [N, C, T] with filters [O, C, K], zeros around them and as many windows as steps,
        /// and its maximum over time, [N, O]. Where no step counts it is 0. As a window has a gradient only where it won,
        /// the gradients cost a small part of those of the convolution.
        /// </summary>
        /// <param name="weight">The filters.</param>
        /// <param name="bias">b, [O]; none if left out.</param>
        /// <param name="mask">
        /// bool [N, T], true where a step counts; all if left out. What does not count should be zeros, since windows reach into it.
        /// </param>
        /// <exception cref="ShapeException">Sizes or types do not fit, or the sequences have no steps.</exception>
        public Tensor Conv1dMax(Tensor weight, Tensor? bias = null, Tensor? mask = null)
        {
            RequireSteps("Conv1dMax", x, mask);
            if (weight.Rank != 3) throw new ShapeException($"Conv1dMax got weights {weight.Spec}; it needs [O, C, K].");
            int left = (weight.Shape[2] - 1) / 2;
            Tensor steps = x.Permute(0, 2, 1), filters = weight.Permute(0, 2, 1);
            Tensor places = mask is null ? steps.Apply(new BestWindows(left), filters) : steps.Apply(new BestWindows(left), filters, mask);
            Tensor y = steps.Apply(new ConvAtPositions(left), filters, places);
            if (bias is not null) y += bias;
            return mask is null ? y : Tensor.Where(mask.Any(1).Unsqueeze(1), y, 0);
        }
    }
}
