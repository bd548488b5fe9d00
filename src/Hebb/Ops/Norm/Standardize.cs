namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// (x - μ) / √(σ² + ε) with the mean and biased variance of each sample over its axes from <paramref name="first"/> to the last: what layer
        /// normalization does before it scales and shifts (Ba, Kiros and Hinton, 2016).
        /// </summary>
        /// <param name="first">The first axis over which the statistics run; negative ones count from the end.</param>
        /// <param name="epsilon">ε, positive.</param>
        /// <exception cref="ShapeException">The axis does not exist, or a sample has fewer than two numbers.</exception>
        public Tensor Standardize(int first = -1, double epsilon = 1e-5)
        {
            first = x.Shape.Axis(first);
            int samples = 1;
            for (int i = 0; i < first; i++) samples *= x.Shape[i];
            return Rows(x, samples, epsilon);
        }

        /// <summary>
        /// (x - μ) / √(σ² + ε) with the mean and biased variance of each group of channels of each sample of [N, C, ...] (Wu and He, Group Normalization,
        /// 2018). As many groups as channels normalize each channel alone.
        /// </summary>
        /// <param name="groups">How many groups the channels are cut into, in order.</param>
        /// <param name="epsilon">ε, positive.</param>
        /// <exception cref="ShapeException">The groups do not divide the channels, or a group has fewer than two numbers.</exception>
        public Tensor StandardizeGroups(int groups, double epsilon = 1e-5)
        {
            if (x.Rank < 2 || groups < 1 || x.Shape[1] % groups != 0)
                throw new ShapeException($"StandardizeGroups got {x.Spec} and {groups} groups; it needs [N, C, ...] with C a multiple of the groups.");
            return Rows(x, x.Shape[0] * groups, epsilon);
        }
    }

    /// <summary>The samples stand as the channels of one batch, which batch normalization then takes one by one.</summary>
    private static Tensor Rows(Tensor x, int samples, double epsilon)
    {
        if (x.Count == 0) return x;
        Tensor ones = Tensor.Ones([samples], x.DType), zeros = Tensor.Zeros([samples], x.DType);
        return x.Reshape(1, samples, x.Count / samples).BatchNormalize(ones, zeros, epsilon).Y.Reshape(x.Shape);
    }
}
