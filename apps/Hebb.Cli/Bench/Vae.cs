using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Cli;

/// <summary>A variational autoencoder 784-400-20-400-784 (Kingma and Welling, 2014) with a Bernoulli likelihood.</summary>
internal sealed class Vae : Module
{
    private const int Latent = 20;

    private readonly Linear _encoder;
    private readonly Linear _mean;
    private readonly Linear _logVariance;
    private readonly Linear _decoder;
    private readonly Linear _output;
    private readonly Rng _noise = new(0, RngStreams.Dropout);

    public Vae()
    {
        Child(_encoder = new Linear(784, 400));
        Child(_mean = new Linear(400, Latent));
        Child(_logVariance = new Linear(400, Latent));
        Child(_decoder = new Linear(Latent, 400));
        Child(_output = new Linear(400, 784));
    }

    /// <summary>The reconstruction of x through one sample of its code, as logits.</summary>
    protected override Tensor OnForward(Tensor x)
    {
        (Tensor mean, Tensor logVariance) = Encode(x);
        return Decode(mean, logVariance);
    }

    /// <summary>
    /// The negative evidence bound a sample: Bernoulli cross-entropy of the reconstruction, and the divergence of the code from N(0, 1).
    /// </summary>
    public Tensor Loss(Tensor x)
    {
        (Tensor mean, Tensor logVariance) = Encode(x);
        Tensor reconstruction = new BceWithLogitsLoss { Reduction = Reduction.Sum }.Forward(Decode(mean, logVariance), x);
        Tensor divergence = -0.5 * (1 + logVariance - mean.Square() - logVariance.Exp()).Sum();
        return (reconstruction + divergence) / x.Shape[0];
    }

    private (Tensor Mean, Tensor LogVariance) Encode(Tensor x)
    {
        Tensor hidden = _encoder.Forward(x).Relu();
        return (_mean.Forward(hidden), _logVariance.Forward(hidden));
    }

    private Tensor Decode(Tensor mean, Tensor logVariance)
    {
        Tensor code = mean + Tensor.Normal(mean.Shape, _noise) * (0.5 * logVariance).Exp();
        return _output.Forward(_decoder.Forward(code).Relu());
    }
}
