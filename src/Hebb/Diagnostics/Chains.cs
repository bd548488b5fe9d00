using Hebb.Layers;

namespace Hebb.Diagnostics;

/// <summary>
/// Layers of which each gets what the one before it gave. Only a <see cref="Sequential"/> says so; the order in which other modules
/// register their parts need not be that in which they call them.
/// </summary>
internal static class Chains
{
    /// <summary>All chains of a model: that of the model itself first, then those inside of its layers.</summary>
    public static IEnumerable<(string Name, Module Layer)[]> Of(Module model, string path = "")
    {
        (string Name, Module Layer)[] chain = [.. Along(model, path)];
        yield return chain;
        foreach ((string name, Module layer) in chain)
        {
            foreach ((string part, Module child) in layer.Children)
            {
                foreach ((string, Module)[] inner in Of(child, Module.Join(name, part))) yield return inner;
            }
        }
    }

    /// <summary>A layer's chain: itself, or what a Sequential runs through.</summary>
    private static IEnumerable<(string Name, Module Layer)> Along(Module module, string path) => module is Sequential net
        ? net.Children.SelectMany(child => Along(child.Value, Module.Join(path, child.Name)))
        : [(path, module)];

    /// <summary>Whether a layer only lays the numbers out anew.</summary>
    public static bool IsLayout(Module layer) => layer is Identity or Flatten or Reshape;

    /// <summary>Whether a layer's noise is for training alone.</summary>
    public static bool IsNoise(Module layer) => layer is Dropout or GaussianNoise;

    /// <summary>Whether a layer is a function of each number alone that bends.</summary>
    public static bool IsActivation(Module layer) => layer is Atan or Elu or Gelu or HardSigmoid or HardSwish or HardTanh or LeakyRelu
        or LogSigmoid or Mish or PRelu or Relu or Selu or Sigmoid or Silu or Softplus or Softsign or Step or Tanh;

    /// <summary>Whether a layer bends what it gets and learns nothing but perhaps a slope.</summary>
    public static bool IsNonlinear(Module layer) => IsActivation(layer) || layer is Softmax or LogSoftmax;

    /// <summary>Whether a layer gives weighted sums, which may be any numbers.</summary>
    public static bool IsWeighted(Module layer) => layer is WeightedLayer or TransposedConvolutionLayer or ShapedLinear or TiedLinear
        or MaskedLinear or LocallyConnected2d;

    /// <summary>The least and the greatest number that a nonlinear layer gives, found on a grid; infinite where there is none.</summary>
    public static (double Low, double High) Range(Module nonlinear)
    {
        const double Far = 1e6, Many = 1000;
        if (nonlinear is Softmax) return (0, 1);
        if (nonlinear is LogSoftmax) return (double.NegativeInfinity, 0);
        if (nonlinear is PRelu) return (double.NegativeInfinity, double.PositiveInfinity);
        using (new NoGrad())
        {
            Tensor y = nonlinear.Forward(Tensor.Concat([Tensor.From(-(float)Far, (float)Far), Tensor.Linspace(-8, 8, 1601)]));
            double low = y.Min().Item(), high = y.Max().Item();
            return (low < -Many ? double.NegativeInfinity : low, high > Many ? double.PositiveInfinity : high);
        }
    }
}
