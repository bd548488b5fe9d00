using Hebb.Layers;
using Hebb.Losses;
using Hebb.Optim;

namespace Hebb.Diagnostics;

/// <summary>
/// The recorded graph of a model with names for its tensors, for texts and pictures: <c>recorded.Graph.ToText(recorded.Names)</c>.
/// </summary>
/// <param name="Graph">The ops.</param>
/// <param name="Names">Names of inputs, results, parameters and state.</param>
public sealed record ModelGraph(Graph Graph, IReadOnlyDictionary<Tensor, string> Names)
{
    /// <summary>Records a forward pass in evaluation mode, without running it.</summary>
    /// <param name="model">The model; its mode stays as it is.</param>
    /// <param name="input">The input with the batch.</param>
    /// <exception cref="ShapeException">The model does not take such inputs.</exception>
    /// <exception cref="InvalidOperationException">The model cannot be recorded; the message names the op.</exception>
    public static ModelGraph OfForward(Module model, in TensorSpec input) => OfForward(model, [input]);

    /// <summary>
    /// Records a forward pass of a model with several inputs or outputs; see <see cref="OfForward(Module, in TensorSpec)"/>.
    /// </summary>
    /// <param name="model">The model; its mode stays as it is.</param>
    /// <param name="inputs">The inputs with the batch, in order.</param>
    /// <exception cref="ShapeException">The model does not take such inputs.</exception>
    /// <exception cref="InvalidOperationException">The model cannot be recorded; the message names the op.</exception>
    public static ModelGraph OfForward(Module model, IReadOnlyList<TensorSpec> inputs)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(inputs);
        using NoGrad none = new();
        using Mode mode = new(model, isTraining: false);
        Graph graph = Graph.Trace(arguments => Outputs(model, arguments), [.. inputs]);
        return Named(graph, model, graph.Arguments, Numbered("input", inputs.Count), Numbered("output", graph.Results.Count));
    }

    /// <summary>
    /// Records forward pass, loss and gradients of a training step, without running it;
    /// the targets are those that the loss wants for the model's output.
    /// </summary>
    /// <param name="model">The model; its mode and gradients stay as they are.</param>
    /// <param name="loss">The loss, which gives one number.</param>
    /// <param name="input">The input with the batch.</param>
    /// <param name="optimizer">Whose update ends the step; if left out, the gradients are results.</param>
    /// <exception cref="ShapeException">Model and loss do not take such inputs.</exception>
    /// <exception cref="TraceException">The model cannot be recorded; the message names the op.</exception>
    public static ModelGraph OfTraining(Module model, Loss loss, in TensorSpec input, Optimizer? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        return OfTraining(model, loss.Forward, input, loss.TargetFor(model.Infer(input)), optimizer);
    }

    /// <summary>Records forward pass, loss and gradients of a training step, without running it.</summary>
    /// <param name="model">The model; its mode and gradients stay as they are.</param>
    /// <param name="loss">The loss from output and target, one number.</param>
    /// <param name="input">The input with the batch.</param>
    /// <param name="target">The target with the batch.</param>
    /// <param name="optimizer">Whose update ends the step; if left out, the gradients are results.</param>
    /// <exception cref="ShapeException">Model and loss do not take such inputs and targets.</exception>
    /// <exception cref="InvalidOperationException">The model cannot be recorded; the message names the op.</exception>
    public static ModelGraph OfTraining(
        Module model, Func<Tensor, Tensor, Tensor> loss, in TensorSpec input, in TensorSpec target, Optimizer? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        using Mode mode = new(model, isTraining: true);
        (string Name, Parameter Value)[] learning = [.. model.NamedParameters().Where(parameter => parameter.Value.RequiresGrad)];
        Graph graph = Graph.Trace(
            arguments =>
            {
                Tensor value = loss(model.Forward(arguments[0]), arguments[1]);
                Tensor[] gradients = [.. Gradient.Of(value, [.. learning.Select(parameter => (Tensor)parameter.Value)])];
                if (optimizer is null) return [value, .. gradients];
                optimizer.Record(learning.Select(parameter => parameter.Value).Zip(gradients).ToDictionary());
                return [value];
            },
            input, target);
        ModelGraph named = Named(
            graph, model, graph.Arguments, ["input", "target"], ["loss", .. learning.Select(parameter => $"∂loss/∂{parameter.Name}")]);
        if (optimizer is null) return named;
        Dictionary<Tensor, string> names = new(named.Names, ReferenceEqualityComparer.Instance);
        foreach ((string name, Tensor state) in optimizer.RecordedStates()) names[state] = name;
        return named with { Names = names };
    }

    /// <summary>What a model makes of its inputs.</summary>
    internal static Tensor[] Outputs(Module model, IReadOnlyList<Tensor> inputs) =>
        Array.ConvertAll(model.Forward([.. inputs.Select(input => (MaskedTensor)input)]), output => output.Values);

    private static string[] Numbered(string name, int count) =>
        count == 1 ? [name] : [.. Enumerable.Range(0, count).Select(i => $"{name} {i}")];

    private static ModelGraph Named(
        Graph graph, Module model, IReadOnlyList<Tensor> arguments, string[] argumentNames, string[] resultNames)
    {
        Dictionary<Tensor, string> names = new(ReferenceEqualityComparer.Instance);
        foreach ((string name, Parameter value) in model.NamedParameters()) names[value] = name;
        foreach ((string name, Tensor value) in model.NamedState()) names[value] = name;
        foreach ((Tensor tensor, string name) in arguments.Zip(argumentNames).Concat(graph.Results.Zip(resultNames)))
            names.TryAdd(tensor, name);
        return new ModelGraph(graph, names);
    }
}
