namespace Hebb.Layers;

/// <summary>
/// The common ways to start. Scaled ones take their spread from the weight's fans: a weight [out, in, kh, kw] has fan-in = in · kh · kw
/// numbers that feed each output and fan-out = out · kh · kw that each input feeds.
/// </summary>
public static class Initializer
{
    /// <summary>U(-1/√fan-in, 1/√fan-in): the start of dense and convolution layers that are given no other, biases included.</summary>
    public static IInitializer Default { get; } = new FanScaled(1 / Math.Sqrt(3), Fan.In, IsUniform: true);

    /// <summary>
    /// The same value everywhere: for biases, scales and shifts.
    /// Weights that start equal stay equal, since equal units get equal gradients.
    /// </summary>
    public static IInitializer Constant(double value) => new ConstantStart(value);

    /// <summary>U(low, high). The range [-1, 1] has the variance 1/3 whatever the width: too wide beyond about ten inputs.</summary>
    public static IInitializer Uniform(double low = -1, double high = 1) => new UniformStart(low, high);

    /// <summary>N(mean, std²), with the standard deviation, not the variance.</summary>
    public static IInitializer Normal(double std = 1, double mean = 0) => new NormalStart(std, mean);

    /// <summary>
    /// N(0, 1/fan-in), which keeps the variance of activations forwards (LeCun, Bottou, Orr and Müller, Efficient BackProp, 1998).
    /// </summary>
    public static IInitializer LeCunNormal() => new FanScaled(1, Fan.In, IsUniform: false);

    /// <summary>
    /// Another name of <see cref="LeCunNormal"/>: some courses call it Xavier, which elsewhere means <see cref="GlorotNormal"/>.
    /// </summary>
    public static IInitializer XavierFanIn() => LeCunNormal();

    /// <summary>N(0, 1/fan-out), which keeps the variance of gradients backwards.</summary>
    public static IInitializer FanOutNormal() => new FanScaled(1, Fan.Out, IsUniform: false);

    /// <summary>N(0, 2 gain²/(fan-in + fan-out)), between the two (Glorot and Bengio, AISTATS 2010).</summary>
    /// <param name="gain">1 by default; 5/3 is usual for tanh.</param>
    public static IInitializer GlorotNormal(double gain = 1) => new FanScaled(gain, Fan.Mean, IsUniform: false);

    /// <summary>U(-a, a) with a = gain √(6/(fan-in + fan-out)), of the same variance as <see cref="GlorotNormal"/>.</summary>
    /// <param name="gain">1 by default; 5/3 is usual for tanh.</param>
    public static IInitializer GlorotUniform(double gain = 1) => new FanScaled(gain, Fan.Mean, IsUniform: true);

    /// <summary>N(0, 2/((1 + slope²) fan-in)), for rectified units (He, Zhang, Ren and Sun, ICCV 2015).</summary>
    /// <param name="slope">The slope of a leaky rectifier below 0; 0 by default.</param>
    public static IInitializer HeNormal(double slope = 0) => He(slope, isUniform: false);

    /// <summary>U(-a, a) with a = √(6/((1 + slope²) fan-in)), of the same variance as <see cref="HeNormal"/>.</summary>
    /// <param name="slope">The slope of a leaky rectifier below 0; 0 by default.</param>
    public static IInitializer HeUniform(double slope = 0) => He(slope, isUniform: true);

    /// <summary>
    /// Gain times orthonormal rows, or columns where there are fewer, which keep lengths (Saxe, McClelland and Ganguli, 2014).
    /// </summary>
    /// <param name="gain">1 by default; √2 is usual for rectified units.</param>
    public static IInitializer Orthogonal(double gain = 1) => new Orthogonal(gain);

    /// <summary>U(-1/√fan-in, 1/√fan-in) for a bias whose weight has that fan-in.</summary>
    internal static IInitializer DefaultBias(int fanIn)
    {
        double bound = 1 / Math.Sqrt(Math.Max(1, fanIn));
        return Uniform(-bound, bound);
    }

    private static FanScaled He(double slope, bool isUniform) =>
        new(Math.Sqrt(2) / double.Hypot(1, Argument.Finite(slope)), Fan.In, isUniform);

    private sealed record ConstantStart(double Value) : IEqualStart
    {
        public double Value { get; } = Argument.Finite(Value);

        public Tensor Draw(Shape shape, DType dtype, Rng rng) => Tensor.Full(shape, Value, dtype);
    }

    private sealed record UniformStart : IFixedSpread
    {
        public UniformStart(double low, double high)
        {
            Argument.Range(low, high);
            (Low, High) = (low, high);
        }

        public double Low { get; }

        public double High { get; }

        public double Variance => (High - Low) * (High - Low) / 12;

        public Tensor Draw(Shape shape, DType dtype, Rng rng) => Tensor.Uniform(shape, rng, Low, High, dtype);
    }

    private sealed record NormalStart(double Std, double Mean) : IFixedSpread
    {
        public double Mean { get; } = Argument.Finite(Mean);

        public double Variance => Std * Std;

        public double Std { get; } = Argument.AtLeast(Std, 0);

        public Tensor Draw(Shape shape, DType dtype, Rng rng) => Tensor.Normal(shape, rng, Mean, Std, dtype);
    }
}
