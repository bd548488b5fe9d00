using Hebb.Layers;

namespace Hebb.Losses;

/// <summary>
/// R(w) = λ₁ Σ |w| + (λ₂ / 2) Σ w²: the size of a network's weights as a number that can be read, or added to a loss. Biases and the scales
/// and shifts of normalization do not count unless asked for. L2 is the negative logarithm of a normal prior N(0, 1 / λ₂), L1 of a Laplace
/// prior. Optimizers have the same penalties as hooks, <c>WeightDecay</c> and <c>L1Penalty</c>, which cost no further pass.
/// </summary>
/// <param name="L2">λ₂, not negative; a coefficient α of ‖w‖² without the half is λ₂ = 2 α.</param>
/// <param name="L1">λ₁, not negative.</param>
public sealed record Penalty(double L2 = 0, double L1 = 0)
{
    /// <summary>λ₂</summary>
    public double L2 { get; } =
        L2 >= 0 && double.IsFinite(L2) ? L2
        : throw new ArgumentOutOfRangeException(nameof(L2), $"An L2 penalty of {L2} was given; give 0 or more.");

    /// <summary>λ₁</summary>
    public double L1 { get; } =
        L1 >= 0 && double.IsFinite(L1) ? L1
        : throw new ArgumentOutOfRangeException(nameof(L1), $"An L1 penalty of {L1} was given; give 0 or more.");

    /// <summary>Whether every parameter counts, whatever its <see cref="Parameter.IsDecayed"/>; false by default.</summary>
    public bool IncludesBiases { get; init; }

    /// <summary>λ₁ |w| + λ₂ w², without a half: the elastic net (Zou and Hastie, 2005).</summary>
    /// <param name="l1">λ₁</param>
    /// <param name="l2">λ₂</param>
    public static Penalty ElasticNet(double l1, double l2) => new(2 * l2, l1);

    /// <summary>The penalty of a network, differentiable.</summary>
    public Tensor Of(Module module)
    {
        ArgumentNullException.ThrowIfNull(module);
        Tensor? total = null;
        DType dtype = DType.Float32;
        foreach (Parameter w in module.Parameters())
        {
            dtype = w.DType;
            if (!w.IsDecayed && !IncludesBiases) continue;
            // The factor before the square, which may be too large or too small by itself.
            if (L2 > 0) Add((w * (L2 / 2) * w).Sum());
            if (L1 > 0) Add(w.Abs().Sum() * L1);
        }
        return total ?? Tensor.Zeros(Shape.Scalar, dtype);

        void Add(Tensor part) => total = total is null ? part : total + part;
    }

    /// <summary>The risk R = mean loss + penalty, with its parts.</summary>
    /// <param name="module">The network whose weights are penalized.</param>
    /// <param name="loss">The mean loss over the data.</param>
    public Risk With(Module module, Tensor loss) => new(loss, Of(module));

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Penalty), PrintMembers);
}

/// <summary>What training makes small, in its parts: R = mean loss over the data + penalty.</summary>
/// <param name="Loss">The mean loss over the data.</param>
/// <param name="Penalty">The penalty on the weights.</param>
public sealed record Risk(Tensor Loss, Tensor Penalty)
{
    /// <summary>The sum of both, to be differentiated.</summary>
    public Tensor Total => Loss + Penalty;
}
