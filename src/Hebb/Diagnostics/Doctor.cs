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
    /// What is found: threshold units behind layers that are to learn by gradients; start values of a fixed spread that is too wide for
    /// the layer's inputs, n Var[w] &gt; 10/3 (Glorot and Bengio, AISTATS 2010, give the spread that keeps variances); start values that
    /// are all equal in a hidden layer; three or more hidden layers of logistic units without normalization; two nonlinear layers with
    /// nothing between them that learns; an end that does not suit the loss (a softmax or sigmoid that the loss does itself or that is
    /// missing before it, outputs that cannot reach the targets, one score where classes are compared); dropout or batch normalization at
    /// the end, and dropout right in front of the outputs that a squared error compares; and parameters that the model computes with and
    /// has not registered, which nothing would train (a compiled step refuses them).
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="loss">What it is to be trained for; the findings on ends and losses need it.</param>
    /// <param name="input">
    /// A batch without its values; the finding on parameters that are not registered needs it, and those on the end of a model that is not
    /// a Sequential.
    /// </param>
    /// <param name="target">Targets of some samples; the finding on outputs that do not reach all of them needs it.</param>
    /// <returns>The findings, those on single layers first, in the order of the layers; none for a model in good health.</returns>
    public static IReadOnlyList<Finding> Examine(Module model, Loss? loss = null, TensorSpec? input = null, Tensor? target = null)
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
        (string Name, Module Layer)[][] chains = [.. Chains.Of(model)];
        foreach ((string Name, Module Layer)[] chain in chains) AddFindingsOnRows(chain, findings);
        Graph? graph = input is { } batch ? Graph.Trace(model.Forward, batch) : null;
        AddFindingsOnTheEnd(chains[0], loss, findings);
        if (loss is not null && Ending.Of(model, chains[0], graph) is { } ending && ending.Against(loss, target) is { } advice)
            findings.Add(new(ending.Name, advice));
        if (loss is MseLoss && DropoutAtTheEnd(layers) is { } dropout)
        {
            findings.Add(new(dropout.Name, $"{dropout.Layer.Description} stands right in front of the outputs of a squared error, "
                + "which then learn the mask's noise in their variance; move it to an earlier hidden layer."));
        }
        if (graph is not null && LostParameters.Find(graph, model) is { } lost) findings.Add(new(model.Kind, lost));
        return findings;
    }

    /// <summary>
    /// What does no harm but is of no use: biases right before a batch normalization, which subtracts them again with the mean, so that its
    /// own β does their work (Ioffe and Szegedy, 2015).
    /// </summary>
    /// <returns>The hints, in the order of the layers.</returns>
    public static IReadOnlyList<Finding> Hints(Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return [.. from chain in Chains.Of(model)
            from pair in chain.Zip(chain.Skip(1))
            where pair.Second.Layer is BatchNorm && pair.First.Layer is WeightedLayer { Bias: not null }
                or TransposedConvolutionLayer { Bias: not null } or MaskedLinear { Bias: not null }
            select new Finding(pair.First.Name, $"The biases of {pair.First.Layer.Description} are subtracted again by "
                + $"{pair.Second.Layer.Description} right behind it; build it with bias: false.")];
    }

    /// <summary>Findings on nonlinear layers with no layer between them that learns.</summary>
    private static void AddFindingsOnRows((string Name, Module Layer)[] chain, List<Finding> findings)
    {
        (string Name, Module Layer)[] row = [.. chain.Where(part => !Chains.IsLayout(part.Layer) && !Chains.IsNoise(part.Layer))];
        foreach (((string Name, Module Layer) first, (string name, Module layer)) in row.Zip(row.Skip(1)))
        {
            // A clip to chosen bounds behind another function is a function that is wanted.
            if (!Chains.IsNonlinear(first.Layer) || !Chains.IsNonlinear(layer) || layer is HardTanh or Step) continue;
            findings.Add(new(name, $"{layer.Description} stands right behind {first.Layer.Description} (layer {first.Name}), "
                + "with nothing between them that learns; leave one of them out, or put a layer with weights between them."));
        }
    }

    /// <summary>Findings on noise and batch normalization behind the last layer with weights, whatever the loss.</summary>
    private static void AddFindingsOnTheEnd((string Name, Module Layer)[] chain, Loss? loss, List<Finding> findings)
    {
        int last = Array.FindLastIndex(chain, part => Chains.IsWeighted(part.Layer));
        if (last < 0) return;
        (string Name, Module Layer)[] tail = [.. chain[(last + 1)..].Where(part => !Chains.IsLayout(part.Layer))];
        // Behind a hidden activation these are where they belong, in a part of a network that ends there.
        bool isHidden = tail.Any(part => Chains.IsActivation(part.Layer) && part.Layer is not (Sigmoid or HardSigmoid or LogSigmoid));
        foreach ((string name, Module layer) in tail)
        {
            if (Chains.IsNoise(layer) && !(loss is MseLoss && chain[^1].Layer == layer && layer is Dropout))
                findings.Add(new(name, $"{layer.Description} stands behind the last layer with weights, so that it disturbs the outputs "
                    + "themselves and nothing can make up for it; move it in front of a hidden layer, or leave it out."));
            if (layer is BatchNorm && !isHidden)
                findings.Add(new(name, $"{layer.Description} stands behind the last layer with weights, so that every output has the same "
                    + "mean and variance in each batch, whatever is right; leave it out, or move it in front of a hidden activation."));
        }
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
