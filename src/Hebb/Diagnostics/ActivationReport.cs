namespace Hebb.Diagnostics;

/// <summary>How an activation function behaves over a range of its argument: what tells whether gradients pass it.</summary>
/// <param name="IsContinuous">Whether no jump was found.</param>
/// <param name="LeastSlope">The smallest derivative.</param>
/// <param name="MostSlope">The largest derivative.</param>
/// <param name="SaturatedShare">
/// Which part of the range has derivatives below a hundredth of the largest, where hardly anything is learned.
/// </param>
/// <param name="MeanOutput">
/// The mean of the function under a standard normal argument; far from 0, it pushes the next layer's units to one side.
/// </param>
public sealed record ActivationReport(bool IsContinuous, double LeastSlope, double MostSlope, double SaturatedShare, double MeanOutput)
{
    private const int Samples = 2001;

    /// <summary>Examines an elementwise function.</summary>
    /// <param name="function">The function, such as <c>x =&gt; x.Tanh()</c>.</param>
    /// <param name="low">The start of the range; -5 by default.</param>
    /// <param name="high">The end of the range; 5 by default.</param>
    public static ActivationReport Of(Func<Tensor, Tensor> function, double low = -5, double high = 5)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!(low < high) || !double.IsFinite(high - low))
            throw new ArgumentOutOfRangeException(
                nameof(low), $"An activation was to be examined from {low} to {high}; give a finite range, its smaller end first.");
        Func<Tensor, Tensor> given = function;
        function = z => given(z) ?? throw Argument.Nothing("An activation that was examined", "its result");
        Tensor x = Tensor.Linspace(low, high, Samples, DType.Float64).Track();
        double[] slopes = Gradient.Of(function(x).Sum(), x).ToArray<double>();
        double most = slopes.Max(), steepest = slopes.Max(Math.Abs);
        // Where a function is continuous, its largest step shrinks with the distance of the samples.
        double coarse = LargestStep(function, low, high, Samples), fine = LargestStep(function, low, high, (Samples - 1) * 16 + 1);
        return new ActivationReport(
            fine <= coarse / 2 || coarse == 0, slopes.Min(), most,
            slopes.Count(slope => Math.Abs(slope) < 0.01 * steepest) / (double)Samples, NormalMean(function));
    }

    private static double LargestStep(Func<Tensor, Tensor> function, double low, double high, int samples)
    {
        double[] y = function(Tensor.Linspace(low, high, samples, DType.Float64)).Detach().ToArray<double>();
        return y.Zip(y.Skip(1), (a, b) => Math.Abs(b - a)).Max();
    }

    /// <summary>∫ f(z) φ(z) dz by the midpoint rule, whose points avoid a kink at 0.</summary>
    private static double NormalMean(Func<Tensor, Tensor> function)
    {
        const int points = 20000;
        const double reach = 10, width = 2 * reach / points;
        Tensor z = Tensor.Linspace(-reach + width / 2, reach - width / 2, points, DType.Float64);
        Tensor density = (z.Square() * -0.5).Exp() / Math.Sqrt(2 * Math.PI);
        return (function(z).Detach() * density).Sum().Item() * width;
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(ActivationReport), PrintMembers);
}
