using System.Globalization;
using Hebb.Layers;

namespace Hebb.Diagnostics;

/// <summary>What a model is made of, and what it costs.</summary>
/// <param name="Layers">
/// The layers in the order in which they run, and after its parts whatever computes or has parameters beside them.
/// </param>
/// <param name="Input">The shape of the batch.</param>
public sealed record ModelSummary(IReadOnlyList<LayerSummary> Layers, Shape Input)
{
    /// <summary>Numbers that training changes.</summary>
    public long Parameters => Layers.Sum(layer => layer.Parameters);

    /// <summary>Floating-point operations of a forward pass over the batch.</summary>
    public double Flops => Layers.Sum(layer => layer.Flops);

    /// <summary>Memory of all results that training keeps until the backward pass.</summary>
    public long TrainingBytes => Layers.Sum(layer => layer.TrainingBytes);

    /// <summary>Memory of all intermediates that inference needs at once.</summary>
    public long InferenceBytes => Layers.Select(layer => layer.InferenceBytes).DefaultIfEmpty().Max();

    /// <summary>A table with a line for each layer, and the sums below it.</summary>
    public override string ToString()
    {
        List<string[]> rows = [["layer", "output", "parameters", "field", "MFLOP", "training KiB", "inference KiB"]];
        foreach (LayerSummary layer in Layers)
        {
            rows.Add([
                $"{layer.Name} {layer.Layer}", layer.Output.ToString(), Text(layer.Parameters),
                layer.ReceptiveField == 0 ? "" : Text(layer.ReceptiveField),
                (layer.Flops / 1e6).ToString("0.###", CultureInfo.InvariantCulture),
                Kibibytes(layer.TrainingBytes), Kibibytes(layer.InferenceBytes)]);
        }
        return TextTable.Of(rows) + "\n\n"
            + $"{Text(Parameters)} parameters ({Kibibytes(Parameters * sizeof(float))} KiB), "
            + $"{(Flops / 1e6).ToString("#,0.###", CultureInfo.InvariantCulture)} MFLOP forward for a batch of {Input[0]}, "
            + $"{Kibibytes(TrainingBytes)} KiB of results kept for the backward pass in training, "
            + $"{Kibibytes(InferenceBytes)} KiB at once in use in inference.";

        static string Text(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

        static string Kibibytes(long bytes) => (bytes / 1024.0).ToString("#,0.#", CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Sends shapes without data through a model, once as it evaluates and once as it trains;
    /// nothing is computed, and layers with open sizes get them.
    /// </summary>
    /// <param name="model">The model; its mode stays as it is.</param>
    /// <param name="input">The shape of one input of the parameters' type, without the batch.</param>
    /// <param name="batch">Samples in the batch.</param>
    /// <exception cref="ShapeException">The model does not take such inputs.</exception>
    /// <exception cref="TraceException">The model reads values; the message names the op.</exception>
    public static ModelSummary Of(Module model, Shape input, int batch = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(model, new TensorSpec(model.Parameters().FirstOrDefault()?.DType ?? DType.Float32, input.Insert(0, batch)));
    }

    /// <summary>Sends type and shape of a batch through a model; see <see cref="Of(Module, Shape, int)"/>.</summary>
    /// <param name="model">The model; its mode stays as it is.</param>
    /// <param name="batch">The input with the batch.</param>
    /// <exception cref="ShapeException">The model does not take such inputs.</exception>
    /// <exception cref="TraceException">The model reads values; the message names the op.</exception>
    public static ModelSummary Of(Module model, in TensorSpec batch) => Of(model, [batch]);

    /// <summary>
    /// Sends types and shapes of a batch through a model with several inputs or outputs; see <see cref="Of(Module, Shape, int)"/>.
    /// </summary>
    /// <param name="model">The model; its mode stays as it is.</param>
    /// <param name="inputs">The inputs with the batch, in order.</param>
    /// <exception cref="ShapeException">The model does not take such inputs.</exception>
    /// <exception cref="TraceException">The model reads values; the message names the op.</exception>
    public static ModelSummary Of(Module model, IReadOnlyList<TensorSpec> inputs)
    {
        Graph forward = ModelGraph.OfForward(model, inputs).Graph;
        ReceptiveFields fields = new(forward);
        IReadOnlyDictionary<Node, long> live = ActivationMemory.Live(forward);
        Calls calls = new(forward), training = new(Training(model, inputs, [.. forward.Results.Select(result => result.Spec)]));
        IReadOnlyDictionary<Node, long> kept = ActivationMemory.Kept(training.Graph);
        HashSet<Parameter> seen = [];
        List<LayerSummary> layers = [];
        foreach (ModuleCall call in calls.InOrder)
        {
            Module module = call.Module;
            Node[] nodes = calls.Nodes(call), trained = training.Nodes(training.Same(call, calls));
            // Parts have run before, and counted what is theirs.
            long parameters = module.Parameters().Where(seen.Add).Sum(parameter => (long)parameter.Count);
            if (call.HasParts && parameters == 0 && nodes.All(node => node.Op is IView)) continue;
            layers.Add(new LayerSummary(
                call.Path, call.HasParts ? module.Description : module.ToString(), call.Result!.Shape, parameters, fields.Rows(call.Result),
                nodes.Sum(Work), trained.Sum(node => kept.GetValueOrDefault(node)),
                nodes.Select(node => live[node]).DefaultIfEmpty().Max()));
        }
        return new ModelSummary(layers, inputs[0].Shape);
    }

    /// <summary>The graph of a forward pass in training and of its gradients for any gradients of the outputs.</summary>
    private static Graph Training(Module model, IReadOnlyList<TensorSpec> inputs, IReadOnlyList<TensorSpec> outputs)
    {
        using Mode mode = new(model, isTraining: true);
        Tensor[] learning = [.. model.Parameters().Where(parameter => parameter.RequiresGrad)];
        return Graph.Trace(
            arguments =>
            {
                Tensor[] results = ModelGraph.Outputs(model, [.. arguments.Take(inputs.Count)]);
                (Tensor Result, Tensor Seed)[] learned =
                    [.. results.Zip(arguments.Skip(inputs.Count)).Where(pair => pair.First.RequiresGrad)];
                return learned.Length == 0 ? results : [.. BackwardPass.Run(
                    [.. learned.Select(pair => pair.Result)], [.. learned.Select(pair => pair.Seed)], learning,
                    retainGraph: false, createGraph: false).OfType<Tensor>()];
            },
            [.. inputs, .. outputs]);
    }

    private static double Work(Node node)
    {
        if (node.Outputs.Count == 0) return 0;
        return node.Op.Flops([.. node.Inputs.Select(input => input.Spec)], [.. node.Outputs.Select(output => output.Spec)]);
    }

    /// <summary>Which ops each call of a module applied itself.</summary>
    private sealed class Calls
    {
        private readonly ILookup<OpScope?, Node> _nodes;
        private readonly Dictionary<Module, List<ModuleCall>> _calls = [];
        private readonly Dictionary<ModuleCall, int> _places = new(ReferenceEqualityComparer.Instance); // among those of the same module

        public Calls(Graph graph)
        {
            Graph = graph;
            InOrder = [.. graph.Scopes.Cast<ModuleCall>()];
            foreach (ModuleCall call in InOrder)
            {
                if (!_calls.TryGetValue(call.Module, out List<ModuleCall>? calls)) _calls.Add(call.Module, calls = []);
                _places.Add(call, calls.Count);
                calls.Add(call);
            }
            _nodes = graph.Nodes.Where(node => graph.GradientOf(node) is null).ToLookup(graph.OwnerOf);
        }

        public Graph Graph { get; }

        public ModuleCall[] InOrder { get; }

        public Node[] Nodes(ModuleCall? call) => call is null ? [] : [.. _nodes[call]];

        /// <summary>
        /// The call that is here what another is there: of the same module, and as often called before; null if there is none.
        /// </summary>
        public ModuleCall? Same(ModuleCall call, Calls others)
        {
            int place = others._places[call];
            return _calls.TryGetValue(call.Module, out List<ModuleCall>? mine) && place < mine.Count ? mine[place] : null;
        }
    }
}
