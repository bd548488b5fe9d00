using System.Globalization;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Diagnostics;

/// <summary>
/// Looks at a model before it is trained, and reports what usually goes wrong. It reads the layers in the order in which they were
/// registered, so it knows nothing of functions that are called in a Forward of one's own.
/// </summary>
public static class Doctor
{
    // Beyond about ten inputs of variance 1/3 a unit's input is several times wider than what feeds it.
    private const int ManyInputs = 10;
    private const double WideGain = ManyInputs / 3.0;

    // Each logistic unit takes three quarters or more of the gradient.
    private const int DeepLogistic = 3;

    /// <summary>
    /// Six findings: threshold units behind layers that are to learn by gradients; start values of a fixed spread that is too wide for
    /// the layer's inputs, n Var[w] &gt; 10/3 (Glorot and Bengio, AISTATS 2010, give the spread that keeps variances); start values that
    /// are all equal in a hidden layer; three or more hidden layers of logistic units without normalization; and dropout right in front of
    /// the outputs that a squared error compares; and parameters that the model computes with and has not registered, which nothing would
    /// train (a compiled step refuses them).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">What it is to be trained for; the finding on dropout needs it.</param>
    /// <param name="input">A batch without its values; the finding on parameters that are not registered needs it.</param>
    /// <returns>The findings in the order of the layers; none for a model in good health.</returns>
    public static IReadOnlyList<Finding> Examine(Module model, Loss? loss = null, TensorSpec? input = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (string Name, Module Layer)[] layers = [.. model.NamedModules().Where(part => part.Value.Children.Count == 0)];
        List<Finding> findings = [];
        string? learner = null;
        foreach ((string name, Module layer) in layers)
        {
            if (layer is Step && learner is not null)
            {
                findings.Add(new(name, $"The derivative of {layer.Description} is 0, so nothing in front of it, "
                    + $"such as {learner}, learns by gradients; use Sigmoid or Tanh while training."));
            }
            if (layer is WeightedLayer { Weight: { IsOpen: false, Start: IFixedSpread { Variance: double variance } } weight })
            {
                int inputs = weight.Count / weight.Shape[0];
                if (inputs > ManyInputs && inputs * variance > WideGain)
                {
                    string gain = (inputs * variance).ToString("0.#", CultureInfo.InvariantCulture);
                    findings.Add(new(name, $"The start values of {layer.Description} make the variance of its outputs {gain} times "
                        + $"that of its {inputs} inputs, which saturates what follows; use GlorotUniform or HeNormal."));
                }
            }
            if (layer.Parameters().Any(parameter => parameter.RequiresGrad)) learner ??= name;
        }
        AddFindingsOnHidden(layers, findings);
        if (loss is MseLoss && DropoutAtTheEnd(layers) is { } dropout)
        {
            findings.Add(new(dropout.Name, $"{dropout.Layer.Description} stands right in front of the outputs of a squared error, "
                + "which then learn the mask's noise in their variance; move it to an earlier hidden layer."));
        }
        if (input is { } batch && LostParameters.Find(Graph.Trace(model.Forward, batch), model) is { } lost)
            findings.Add(new(model.Kind, lost));
        return findings;
    }

    /// <summary>Findings on layers in front of the last one that learns.</summary>
    private static void AddFindingsOnHidden((string Name, Module Layer)[] layers, List<Finding> findings)
    {
        int last = Array.FindLastIndex(layers, part => part.Layer.Parameters().Any(parameter => parameter.RequiresGrad));
        (string Name, Module Layer)[] hidden = last < 0 ? [] : layers[..last];
        foreach ((string name, Module layer) in hidden)
        {
            if (layer is WeightedLayer { Weight: { IsOpen: false, RequiresGrad: true, Start: IEqualStart } weight } && weight.Shape[0] > 1)
                findings.Add(new(name, $"All weights of {layer.Description} start with one value, "
                    + "so that its units get equal gradients and stay equal for ever; let them start at random, as they do by default."));
        }
        (string Name, Module Layer)[] logistic = [.. hidden.Where(part => part.Layer is Sigmoid)];
        if (logistic.Length >= DeepLogistic && !hidden.Any(part => part.Layer is BatchNorm or LayerNorm or ChannelNorm))
            findings.Add(new(logistic[DeepLogistic - 1].Name, $"{logistic.Length} hidden layers of Sigmoid stand behind each other, "
                + "of which each passes a quarter of the gradient at most; use Relu or Tanh, or normalize in front of each."));
    }

    /// <summary>Dropout that only the last dense layer separates from the outputs, or nothing.</summary>
    private static (string Name, Module Layer)? DropoutAtTheEnd((string Name, Module Layer)[] layers)
    {
        int last = layers.Length - 1;
        if (last >= 1 && layers[last].Layer is Linear) last--;
        return last >= 0 && layers[last].Layer is Dropout ? layers[last] : null;
    }
}
