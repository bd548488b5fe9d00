using System.Globalization;
using Hebb.Layers;
using Hebb.Losses;

namespace Hebb.Diagnostics;

/// <summary>How a model ends, and whether a loss can do anything with that.</summary>
/// <param name="Name">The place of the last layer that computes.</param>
/// <param name="Layer">That layer, or one that does what the model's own code does there.</param>
/// <param name="Scores">How many scores it gives for each sample; null if that is not known.</param>
internal sealed record Ending(string Name, Module Layer, int? Scores)
{
    /// <summary>The end of a model as its chain or its recording shows it; null if neither does.</summary>
    public static Ending? Of(Module model, (string Name, Module Layer)[] chain, Graph? graph)
    {
        int at = LastThatComputes(chain, chain.Length - 1);
        if (at < 0) return null;
        int? recorded = graph?.Results[0].Shape is { Rank: >= 2 } shape ? shape[1] : null;
        if (IsKnown(chain[at].Layer)) return new(chain[at].Name, chain[at].Layer, recorded ?? ScoresOf(chain));
        return graph is null ? null : OfRecording(model, graph, recorded);
    }

    /// <summary>Why the loss cannot learn from these outputs, and how to mend it; null if it can, as far as is known.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="target">Some targets; null if there are none to look at.</param>
    public string? Against(Loss loss, Tensor? target)
    {
        string name = loss.GetType().Name, layer = Layer.Description;
        if (Scores == 1 && loss is ClassLoss)
            return $"The model gives one score for each sample, but {name} compares the scores of classes, so that it is constant; "
                + "give it an output for each class, or train one score by BceWithLogitsLoss.";
        return loss switch
        {
            SequenceLoss sequence => Against(sequence.Inner, target),
            CrossEntropyLoss or FocalLoss when Layer is Softmax or LogSoftmax =>
                $"{name} takes raw scores and does the softmax itself, so that {layer} before it does it twice and flattens the gradients; "
                + $"leave {layer} out while training, and apply Softmax to what the trained model gives.",
            BceWithLogitsLoss when Layer is Sigmoid or HardSigmoid or LogSigmoid or Softmax or LogSoftmax =>
                $"{name} takes raw scores and applies the sigmoid itself, so that {layer} before it squashes them twice; "
                + $"leave {layer} out, or train by BceLoss after a Sigmoid.",
            NllLoss or KlDivLoss when Layer is LogSoftmax or LogSigmoid => null,
            NllLoss or KlDivLoss => $"{name} takes log-probabilities, but the model ends with {layer}; "
                + (Layer is Softmax ? "make that LogSoftmax." : "end with LogSoftmax, or train by CrossEntropyLoss without it."),
            BceLoss => Range is { Low: >= 0, High: <= 1 } ? null
                : $"{name} takes probabilities, but {layer}, with which the model ends, gives numbers {Words}; "
                    + "end with Sigmoid, or train by BceWithLogitsLoss.",
            CrossEntropyLoss or FocalLoss or BceWithLogitsLoss when IsBounded =>
                $"{name} takes raw scores of any size, but {layer}, with which the model ends, gives numbers {Words}, "
                + $"so that no class can win or lose clearly; leave {layer} out.",
            HingeLoss hinge when IsBounded && !(Range.High - Range.Low > hinge.Margin && double.IsFinite(Range.High - Range.Low)) =>
                $"{name} takes raw scores of any size, but {layer}, with which the model ends, gives numbers {Words}; leave {layer} out.",
            ClassLoss or BceWithLogitsLoss => null,
            _ => AgainstNumbers(name, layer, target),
        };
    }

    private (double Low, double High) Range { get; } = Chains.IsNonlinear(Layer) ? Chains.Range(Layer)
        : (double.NegativeInfinity, double.PositiveInfinity);

    private bool IsBounded => double.IsFinite(Range.Low) || double.IsFinite(Range.High);

    private string Words
    {
        get
        {
            (string low, string high) = (Number(Range.Low), Number(Range.High));
            return !IsBounded ? "of any size" : double.IsInfinity(Range.High) ? $"from {low} up"
                : double.IsInfinity(Range.Low) ? $"up to {high}" : $"from {low} to {high}";

            static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Numbers are compared with numbers: the targets must lie where the outputs can be, and outputs must not die.</summary>
    private string? AgainstNumbers(string loss, string layer, Tensor? target)
    {
        if (target is { DType: DType.Float32 or DType.Float64, Count: > 0 })
        {
            using (new NoGrad())
            {
                double low = target.Min().Item(), high = target.Max().Item(), slack = 0.01 * (1 + Math.Max(Math.Abs(low), Math.Abs(high)));
                if (low >= Range.Low - slack && high <= Range.High + slack) return null;
                FormattableString found = $"the targets go from {low:0.##} to {high:0.##}";
                return $"{layer}, with which the model ends, gives numbers {Words}, but {found.ToString(CultureInfo.InvariantCulture)}; "
                    + $"leave {layer} out, or scale the targets.";
            }
        }
        return Layer is not Relu ? null
            : $"{layer}, with which the model ends, never gives a target below 0, and an output that is 0 for all samples "
                + $"has no gradient of {loss} any more; leave {layer} out, or use Softplus for targets above 0.";
    }

    /// <summary>Whether it is known of a layer what numbers it gives.</summary>
    private static bool IsKnown(Module layer) =>
        Chains.IsNonlinear(layer) || Chains.IsWeighted(layer) || layer is BatchNorm or LayerNorm or ChannelNorm;

    private static int LastThatComputes((string Name, Module Layer)[] chain, int from) => Array.FindLastIndex(
        chain, from, from + 1, part => !Chains.IsLayout(part.Layer) && !Chains.IsNoise(part.Layer)
            && part.Layer is not (GlobalAvgPool or GlobalMaxPool));

    /// <summary>The outputs of the last layer with weights, if all that stands behind it keeps their number.</summary>
    private static int? ScoresOf((string Name, Module Layer)[] chain)
    {
        int at = Array.FindLastIndex(chain, part => !Chains.IsNonlinear(part.Layer) && !Chains.IsNoise(part.Layer)
            && part.Layer is not (Identity or GlobalAvgPool or GlobalMaxPool or BatchNorm));
        return at >= 0 && chain[at].Layer is Linear or ConvolutionLayer ? ((WeightedLayer)chain[at].Layer).Weight.Shape[0] : null;
    }

    private static Ending? OfRecording(Module model, Graph graph, int? scores)
    {
        Node? node = graph.Results[0].Creator;
        while (node?.Op is IView) node = node.Inputs[0].Creator;
        if (node is null) return null;
        Module? owner = (graph.OwnerOf(node) as ModuleCall)?.Module;
        string name = model.NamedModules().FirstOrDefault(part => part.Value == owner).Name ?? "";
        if (owner is not null && IsKnown(owner)) return new(name, owner, scores);
        Module? same = node.Op switch
        {
            Ops.Softmax => new Softmax(),
            Ops.LogSoftmax => new LogSoftmax(),
            Ops.Sigmoid => new Sigmoid(),
            Ops.LogSigmoid => new LogSigmoid(),
            Ops.Tanh => new Tanh(),
            Ops.Relu => new Relu(),
            _ => null,
        };
        return same is null ? null : new(name.Length == 0 ? model.Kind : name, same, scores);
    }
}
