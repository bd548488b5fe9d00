using Hebb.Ops;

namespace Hebb.Layers;

/// <summary>
/// What recurrent layers share: sequences [N, T, I] become states of every step [N, T, H] (2 H where both directions lie side by side), or
/// the last ones [N, H]. All steps run in one op. Of sequences with a mask only the steps that count are read; outputs beyond them are 0.
/// Parameters have the names and layouts of PyTorch, whose state dicts load: weight_ih_l0 [G·H, I], weight_hh_l0 [G·H, H], bias_ih_l0
/// and bias_hh_l0 [G·H] of the first layer, with _reverse behind for the direction from the end. All start from U(±1/√H).
/// </summary>
/// <remarks>
/// Given states as further inputs, <c>Forward([x, h])</c> or <c>Forward([x, h, c])</c>, the layer goes on from them and gives the last ones
/// as further outputs; <see cref="Run"/> does so with a <see cref="RecurrentState"/>, and <see cref="Step"/> for one step.
/// </remarks>
public abstract class RecurrentLayer : Module
{
    private readonly int _gates;
    private readonly bool _hasCell;
    private readonly RecurrentWeights[][] _weights;
    private readonly Parameter? _firstH, _firstC;

    /// <summary>A layer of given sizes.</summary>
    /// <param name="inputs">I; null leaves it open until the first input.</param>
    /// <param name="units">H.</param>
    /// <param name="gates">G.</param>
    /// <param name="hasCell">Whether there is a state c.</param>
    /// <param name="options">What else there is to say.</param>
    /// <param name="biasStart">Where input biases start; U(±1/√H) for null.</param>
    /// <param name="recurrentBiasStart">Where recurrent biases start; U(±1/√H) for null.</param>
    private protected RecurrentLayer(
        int? inputs, int units, int gates, bool hasCell, RecurrentOptions? options, IInitializer? biasStart = null,
        IInitializer? recurrentBiasStart = null)
    {
        Units = Argument.AtLeast(units, 1);
        if (inputs is { } given) Argument.AtLeast(given, 1, nameof(inputs));
        (_gates, _hasCell, Options) = (gates, hasCell, options ?? new RecurrentOptions());
        int drives = Shape.Size((long)gates * units), directions = Options.IsBidirectional ? 2 : 1;
        double bound = 1 / Math.Sqrt(units);
        IInitializer start = Initializer.Uniform(-bound, bound);
        _weights = new RecurrentWeights[Options.Layers][];
        for (int layer = 0; layer < Options.Layers; layer++)
        {
            int from = layer == 0 ? inputs ?? 0 : OutputWidth;
            _weights[layer] = new RecurrentWeights[directions];
            for (int d = 0; d < directions; d++)
            {
                string name = $"l{layer}{(d == 0 ? "" : "_reverse")}";
                Parameter Bias(string of, IInitializer? own) =>
                    Register(new Parameter([drives], own ?? start) { IsDecayed = false }, $"bias_{of}_{name}");
                Parameter weight = new([drives, from], start) { WhenSized = shape => FixInputs(shape[1]) };
                _weights[layer][d] = new(
                    Register(weight, $"weight_ih_{name}"), Register(new Parameter([drives, units], start), $"weight_hh_{name}"),
                    Options.HasBias ? Bias("ih", biasStart) : null, Options.HasBias ? Bias("hh", recurrentBiasStart) : null);
            }
        }
        if (Options.LearnsFirstState)
        {
            Shape states = [Options.Layers * directions, 1, units];
            Register(_firstH = new Parameter(states, Initializer.Constant(0)) { IsDecayed = false }, "first_h");
            if (hasCell) Register(_firstC = new Parameter(states, Initializer.Constant(0)) { IsDecayed = false }, "first_c");
        }
    }

    /// <summary>H, the numbers of a state.</summary>
    public int Units { get; }

    /// <summary>What else the layer was built with.</summary>
    public RecurrentOptions Options { get; }

    /// <summary>I, the numbers of an input step; null while it is open.</summary>
    public int? Inputs => _weights[0][0].Input is { IsOpen: false } weight ? weight.Shape[1] : null;

    /// <summary>The numbers of an output step.</summary>
    public int OutputWidth => Options is { IsBidirectional: true, Merge: DirectionMerge.Concat } ? Shape.Size(2L * Units) : Units;

    /// <inheritdoc/>
    public override string Details => $"{(Inputs is { } inputs ? $"{inputs}" : "?")} → {OutputWidth}"
        + (Options.Layers > 1 ? $", {Options.Layers} layers" : "") + (Options.IsBidirectional ? ", bidirectional" : "")
        + (Options.IsBidirectional && Options.Merge != DirectionMerge.Concat ? $" by {Options.Merge.ToString().ToLowerInvariant()}" : "")
        + (Options.Output == RecurrentOutput.LastStep ? ", last step" : "") + (Options.HasBias ? "" : ", no bias")
        + (Options.Dropout > 0 ? $", dropout {Options.Dropout}" : "")
        + (Options.LearnsFirstState ? ", learns first state" : "");

    /// <inheritdoc/>
    public override bool UsesMask => true;

    /// <summary>Outputs and last states, from given first states or the layer's own.</summary>
    /// <param name="x">Sequences [N, T, I].</param>
    /// <param name="first">The states before the first step; null for zeros or the learned ones.</param>
    /// <param name="lengths">The steps of each sequence that count, int64 [N]; null if all do.</param>
    /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
    public (Tensor Outputs, RecurrentState Last) Run(Tensor x, RecurrentState? first = null, Tensor? lengths = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        RequireInput(x);
        first ??= FirstState(x);
        MaskedTensor input = new(x, lengths?.LengthMask(x.Shape[1]));
        MaskedTensor[] found = first.C is { } c ? Forward([input, first.H, c]) : Forward([input, first.H]);
        return (found[0].Values, new(found[1].Values, _hasCell ? found[2].Values : null));
    }

    /// <summary>One step of sequences that come step by step: [N, I] becomes [N, H].</summary>
    /// <param name="x">One step [N, I].</param>
    /// <param name="before">The states that the step before gave; null at the start.</param>
    /// <exception cref="InvalidOperationException">The layer also reads from the end, which has not come yet.</exception>
    /// <exception cref="ShapeException">Sizes or types do not fit.</exception>
    public (Tensor Output, RecurrentState State) Step(Tensor x, RecurrentState? before = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (Options.IsBidirectional)
        {
            throw new InvalidOperationException(
                $"{Description} was asked for one step, but reads sequences from their ends too; "
                + "give it whole ones, or use one direction.");
        }
        if (x.Rank != 2) throw Misfit(x, "one step [N, I] at a time here; call Run for whole sequences");
        (Tensor outputs, RecurrentState last) = Run(x.Unsqueeze(1), before);
        return (Options.Output == RecurrentOutput.LastStep ? outputs : outputs.Reshape(x.Shape[0], OutputWidth), last);
    }

    /// <inheritdoc/>
    protected override MaskedTensor OnForward(MaskedTensor x)
    {
        RequireInput(x.Values);
        return Layers(x, _firstH is null ? null : FirstState(x.Values)).Output;
    }

    /// <inheritdoc/>
    protected override MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs)
    {
        if (inputs.Length == 1) return base.OnForward(inputs);
        RequireInput(inputs[0].Values);
        int states = _hasCell ? 2 : 1;
        if (inputs.Length != 1 + states)
        {
            throw new ArgumentException(
                $"{Description} got {inputs.Length} inputs; give sequences alone, or with the state{(_hasCell ? "s h and c" : " h")}.",
                nameof(inputs));
        }
        Shape wanted = [_weights.Length * _weights[0].Length, inputs[0].Values.Shape[0], Units];
        foreach (MaskedTensor state in inputs[1..])
        {
            if (state.Values.Shape != wanted || state.Values.DType != inputs[0].Values.DType)
            {
                throw new ShapeException(
                    $"{Description} got a first state {state.Values.Spec}; it needs {new TensorSpec(inputs[0].Values.DType, wanted)}, "
                    + "layers and directions first.");
            }
        }
        (MaskedTensor output, RecurrentState last) =
            Layers(inputs[0], new(inputs[1].Values, _hasCell ? inputs[2].Values : null));
        return _hasCell ? [output, last.H, last.C!] : [output, last.H];
    }

    /// <summary>The op of one layer.</summary>
    private protected abstract IRecurrentOp Op(RecurrentForm form);

    /// <summary>Whether the last gate's recurrent bias stays with its product, instead of with the drives.</summary>
    private protected virtual bool KeepsLastBias => false;

    private (MaskedTensor Output, RecurrentState Last) Layers(MaskedTensor x, RecurrentState? first)
    {
        Tensor y = x.Values;
        Tensor? lengths = x.Mask?.CountNonZero(1);
        List<Tensor> h = [], c = [];
        int directions = _weights[0].Length, rows = y.Shape[0];
        for (int layer = 0; layer < _weights.Length; layer++)
        {
            if (layer > 0) y = Dropped(y);
            Tensor[] found = Layer(_weights[layer], y, lengths, first?.H.Narrow(0, layer * directions, directions),
                first?.C?.Narrow(0, layer * directions, directions));
            h.Add(found[1]);
            if (_hasCell) c.Add(found[2]);
            y = layer < _weights.Length - 1 || Options.Output == RecurrentOutput.EveryStep ? Merged(found[0], 2)
                : Merged(directions == 1 ? found[1].Reshape(rows, Units) : found[1].Permute(1, 0, 2).Reshape(rows, 2 * Units), 1);
        }
        RecurrentState last = new(Joined(h), _hasCell ? Joined(c) : null);
        bool hasSteps = Options.Output == RecurrentOutput.EveryStep && x.Mask is not null;
        return (hasSteps ? MaskedTensor.Zeroed(y, x.Mask!) : y, last);

        static Tensor Joined(List<Tensor> states) => states.Count == 1 ? states[0] : Tensor.Concat([.. states]);
    }

    private Tensor[] Layer(RecurrentWeights[] weights, Tensor x, Tensor? lengths, Tensor? firstH, Tensor? firstC)
    {
        int drives = _gates * Units;
        bool hasOwnBias = KeepsLastBias && Options.HasBias;
        List<Tensor> biases = [], own = [];
        foreach (RecurrentWeights each in Options.HasBias ? weights : [])
        {
            Tensor recurrent = each.RecurrentBias!;
            if (hasOwnBias)
            {
                own.Add(recurrent.Narrow(0, drives - Units, Units).Unsqueeze(0));
                recurrent = Tensor.Concat([recurrent.Narrow(0, 0, drives - Units), Tensor.Zeros([Units], recurrent.DType)]);
            }
            biases.Add(each.InputBias! + recurrent);
        }
        Tensor z = x.Linear(Joined([.. weights.Select(each => each.Input)]), biases.Count == 0 ? null : Joined(biases));
        Tensor matrix = Joined([.. weights.Select(each => each.Recurrent.Reshape(1, drives, Units))]);
        List<Tensor> operands = [matrix];
        if (hasOwnBias) operands.Add(Joined(own));
        if (firstH is not null) operands.Add(firstH);
        if (firstC is not null) operands.Add(firstC);
        if (lengths is not null) operands.Add(lengths);
        bool keeps = !EngineContext.Current.IsGradOff && (z.RequiresGrad || operands.Exists(operand => operand.RequiresGrad));
        return z.ApplyAll(Op(new(weights.Length, hasOwnBias, firstH is not null, lengths is not null, keeps)), [.. operands]);

        static Tensor Joined(IReadOnlyList<Tensor> parts) => parts.Count == 1 ? parts[0] : Tensor.Concat([.. parts]);
    }

    private Tensor Dropped(Tensor y)
    {
        double keep = 1 - Options.Dropout;
        return IsTraining && keep < 1 ? y * Tensor.DropoutMask(y.Shape, Noise, keep, 1 / keep, y.DType) : y;
    }

    private Tensor Merged(Tensor y, int axis)
    {
        if (!Options.IsBidirectional || Options.Merge == DirectionMerge.Concat) return y;
        Tensor[] ways = y.Chunk(2, axis);
        return Options.Merge == DirectionMerge.Sum ? ways[0] + ways[1] : ways[0] * ways[1];
    }

    /// <summary>The layer's own first states for a batch.</summary>
    private RecurrentState FirstState(Tensor x)
    {
        Shape shape = [_weights.Length * _weights[0].Length, x.Shape[0], Units];
        Tensor State(Parameter? learned) => learned is null ? Tensor.Zeros(shape, x.DType) : learned.BroadcastTo(shape);
        return new(State(_firstH), _hasCell ? State(_firstC) : null);
    }

    private void RequireInput(Tensor x)
    {
        if (x.Rank == 3) FixInputs(x.Shape[2]);
        Parameter weight = _weights[0][0].Input;
        if (x.Rank != 3 || x.Shape[2] != weight.Shape[1])
        {
            string width = weight.IsOpen ? "I" : $"{weight.Shape[1]}";
            throw Misfit(x, $"sequences [N, T, {width}]; give it as many numbers a step, or build the layer for yours");
        }
        if (x.DType != weight.DType)
            throw MisfitType(x, weight.DType);
        if (x.Shape[1] == 0) throw Misfit(x, "sequences of at least one step; leave empty ones out");
    }

    private void FixInputs(int inputs)
    {
        foreach (RecurrentWeights each in _weights[0])
            if (each.Input.IsOpen) each.Input.Fix(each.Input.Shape.With(1, inputs), each.Input.Start!);
    }
}
