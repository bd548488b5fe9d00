namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// Cross-correlates sequences [N, C, L] with filters [O, C / groups, K] and adds a bias [O] if one is given: images of one row.
        /// </summary>
        /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
        public Tensor Conv1d(Tensor weight, Tensor? bias = null, int stride = 1, int pad = 0, int dilation = 1, int groups = 1)
        {
            if (x.Rank != 3 || weight.Rank != 3)
                throw new ShapeException(
                    $"Conv1d got {x.Spec} and weights {weight.Spec}; it needs sequences [N, C, L] and weights [O, C / groups, K].");
            return x.Unsqueeze(2).Conv2d(weight.Unsqueeze(2), bias, new ConvWindow(1, stride, 0, pad, 1, dilation, groups)).Squeeze(2);
        }
    }
}
