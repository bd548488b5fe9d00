using Hebb.Layers;

namespace Hebb.Diagnostics;

/// <summary>What a layer made of a batch.</summary>
/// <param name="Layer">The layer's place in the model.</param>
/// <param name="Description">Kind and details of the layer.</param>
/// <param name="Mean">The mean of its results.</param>
/// <param name="Variance">The variance of its results.</param>
/// <param name="GradientVariance">The variance of the gradient by its results, if a gradient of variance 1 enters at the end.</param>
public sealed record VarianceLine(string Layer, string Description, double Mean, double Variance, double GradientVariance)
{
    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(VarianceLine), PrintMembers);
}

/// <summary>
/// Sends a batch forwards and random gradients backwards through a model, and tells mean and variance after every layer: start values are
/// good where neither variance grows or shrinks from layer to layer (Glorot and Bengio, AISTATS 2010).
/// </summary>
public static class VarianceProbe
{
    /// <summary>Probes a copy of a model, in training mode; the model itself stays as it is.</summary>
    /// <param name="model">The model; a Sequential shows its parts, anything else is one line.</param>
    /// <param name="input">A batch, such as random numbers of variance 1.</param>
    /// <param name="seed">What the gradients at the end are drawn from.</param>
    /// <returns>A line for each layer, in the order in which they run.</returns>
    public static IReadOnlyList<VarianceLine> Of(Module model, Tensor input, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(input);
        Module copy = model.Clone();
        copy.Train();
        List<(string Name, Module Layer, Tensor Result)> run = [];
        Tensor y = Through("", copy, input.Detach().Track(), run);
        Tensor upstream = Tensor.Normal(y.Shape, new Rng(seed, RngStreams.Check), dtype: y.DType);
        Tensor[] gradients = Gradient.Of(y, [.. run.Select(step => step.Result)], upstream);
        return [.. run.Select((step, i) => new VarianceLine(
            step.Name, step.Layer.Description, Wide(step.Result).Mean().Item(), Wide(step.Result).Variance().Item(),
            Wide(gradients[i]).Variance().Item()))];

        // The squares of numbers that a network computes with may be beyond its type.
        static Tensor Wide(Tensor numbers) => numbers.Detach().Cast(DType.Float64);
    }

    private static Tensor Through(string name, Module module, Tensor x, List<(string, Module, Tensor)> run)
    {
        if (module is Sequential)
        {
            foreach ((string part, Module child) in module.Children) x = Through(Module.Join(name, part), child, x, run);
            return x;
        }
        Tensor y = module.Forward(x);
        run.Add((name, module, y));
        return y;
    }
}
