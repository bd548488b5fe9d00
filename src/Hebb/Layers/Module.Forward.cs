namespace Hebb.Layers;

/// <remarks>
/// A module overrides one of the three forms of OnForward: for one tensor, as nearly all layers do; for one tensor with its mask; or for
/// several. The other two lead to it.
/// </remarks>
public abstract partial class Module
{
    /// <summary>
    /// Whether the module reads the mask of its input, or says what becomes of it; false by default, for modules that treat every step
    /// alike. A module with such a part must pass masks on to it.
    /// </summary>
    public virtual bool UsesMask => false;

    /// <summary>y = f(x), as <see cref="OnForward(Tensor)"/> says.</summary>
    /// <exception cref="ShapeException">The input does not fit; the message names the layer by its place in the network.</exception>
    public Tensor Forward(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        try
        {
            return EngineContext.Current.IsWatched ? Watched(x) : OnForward(x) ?? throw Nothing();
        }
        catch (ShapeException error)
        {
            FailedLayer.Leave(error, this);
            throw;
        }
    }

    /// <summary>
    /// y = f(x) for sequences of which only some steps count. A module that does not use masks computes as ever, and passes the mask on.
    /// </summary>
    /// <exception cref="ShapeException">The module changes the steps and does not say what becomes of the mask.</exception>
    /// <exception cref="InvalidOperationException">
    /// The module mixes the steps and knows nothing of masks, or a part of it needs the mask and the module does not pass it on.
    /// </exception>
    public MaskedTensor Forward(MaskedTensor x)
    {
        MaskedTensor[] outputs = Forward([x]);
        return outputs.Length == 1 ? outputs[0]
            : throw new InvalidOperationException(
                $"{Description} gave {outputs.Length} outputs where one was asked for; call Forward([x]), which returns all.");
    }

    /// <summary>(y₁, y₂, ...) = f(x₁, x₂, ...), as <see cref="OnForward(ReadOnlySpan{MaskedTensor})"/> says.</summary>
    public MaskedTensor[] Forward(params ReadOnlySpan<MaskedTensor> inputs)
    {
        if (inputs.IsEmpty) throw new ArgumentException($"{Description} was called without inputs; give it at least one.", nameof(inputs));
        if (inputs[0].IsFallback) inputs = [inputs[0].Values, .. inputs[1..]]; // another module's, which handed its input on
        foreach (MaskedTensor input in inputs) ArgumentNullException.ThrowIfNull(input.Values, nameof(inputs));
        using Watch watch = new(this, inputs[0].Values);
        try
        {
            MaskedTensor[] outputs = OnForward(inputs) ?? throw Nothing();
            foreach (MaskedTensor output in outputs) _ = output.Values ?? throw Nothing();
            watch.Note(outputs.Length == 0 ? null : outputs[0].Values);
            return outputs;
        }
        catch (IndexOutOfRangeException error)
        {
            throw new ArgumentException(
                $"{Description} used an index outside of its range in OnForward of {inputs.Length} input{(inputs.Length == 1 ? "" : "s")}; "
                + "give it all inputs that it reads, or mend the index.", error);
        }
        catch (ShapeException error)
        {
            FailedLayer.Leave(error, this);
            throw;
        }
    }

    /// <inheritdoc cref="Forward(ReadOnlySpan{MaskedTensor})"/>
    public MaskedTensor[] Forward(params MaskedTensor[] inputs) => Forward((ReadOnlySpan<MaskedTensor>)inputs);

    /// <summary>
    /// The function itself, which a layer of your own overrides;
    /// call <see cref="Forward(Tensor)"/> of its parts, which notes what runs where.
    /// </summary>
    protected virtual Tensor OnForward(Tensor x) => OnForward(MaskedTensor.Fallback(x)).Values;

    /// <summary>
    /// The function for a module that uses masks: a pooling over the steps, a container, a layer after which there are other steps (it
    /// returns their mask). By default the mask is passed on untouched.
    /// </summary>
    protected virtual MaskedTensor OnForward(MaskedTensor x)
    {
        if (x.IsFallback)
        {
            MaskedTensor[] outputs = OnForward([x]);
            return outputs.Length == 1 ? outputs[0]
                : throw new InvalidOperationException(
                    $"{Description} gave {outputs.Length} outputs where one was asked for; call Forward([x]), which returns all.");
        }
        if (x.Mask is null) return OnForward(x.Values) ?? throw Nothing();
        foreach ((string name, Module part) in NamedModules())
        {
            if (part != this && part.UsesMask)
                throw new InvalidOperationException(
                    $"{Kind} got sequences with a mask, which its part '{name} {part.Description}' needs, but does not pass it on; "
                    + "override OnForward(MaskedTensor).");
        }
        int steps = x.Mask.Shape[1], rank = x.Values.Rank;
        bool isSecond = x.Values.Shape[1] == steps, isLast = x.Values.Shape[-1] == steps;
        if ((isSecond || isLast) && (!isSecond || Mixes(rank, 1)) && (!isLast || Mixes(rank, rank - 1)))
            throw new InvalidOperationException($"{Description} got sequences with a mask, but would mix steps that do not count into "
                + "those that do; let it work along the features, as LayerNorm does, or leave the mask out.");
        Tensor y = OnForward(x.Values) ?? throw Nothing();
        bool hasSteps = y.Rank >= 2 && y.Shape[0] == x.Mask.Shape[0] && (y.Shape[1] == steps || y.Shape[-1] == steps);
        return hasSteps ? x.With(y)
            : throw new ShapeException(
                $"{Description} made {y.Spec} of sequences whose mask has {steps} steps, and does not say what becomes of the mask; "
                + "pool over the steps first, or override OnForward(MaskedTensor).");
    }

    /// <summary>The function of a module with several inputs or outputs. By default there is one of each.</summary>
    /// <exception cref="ArgumentException">The module takes another number of inputs.</exception>
    protected virtual MaskedTensor[] OnForward(params ReadOnlySpan<MaskedTensor> inputs)
    {
        if (inputs[0].IsFallback) throw new NotSupportedException($"{Kind} says of no input what it computes; override OnForward.");
        return inputs.Length == 1 ? [OnForward(inputs[0])]
            : throw new ArgumentException(
                $"{Description} got {inputs.Length} inputs, but takes one; "
                + "override OnForward(ReadOnlySpan<MaskedTensor>) in a module with several.", nameof(inputs));
    }

    /// <summary>Whether a number is computed from others along an axis of a tensor of so many: not for steps behind a mask.</summary>
    private protected virtual bool Mixes(int rank, int axis) => axis >= 2 && WindowAlong(axis - 2) is { Size: > 1 };

    private Tensor Watched(Tensor x)
    {
        using Watch watch = new(this, x);
        return watch.Note(OnForward(x) ?? throw Nothing())!;
    }

    private InvalidOperationException Nothing() =>
        new($"{Description} returned null from OnForward; return a tensor for each output.");

    /// <summary>Lets who watches the ops know which module applies them, until disposed.</summary>
    private readonly ref struct Watch
    {
        private readonly ModuleCall? _call;

        public Watch(Module module, Tensor input)
        {
            if (!EngineContext.Current.IsWatched) return;
            OpScope? outer = EngineContext.Current.Layer;
            _call = new ModuleCall(module, input, outer);
            if (outer is ModuleCall caller) caller.HasParts = true;
            EngineContext.Current.Layer = _call;
        }

        public Tensor? Note(Tensor? result)
        {
            if (_call is not null) _call.Result = result;
            return result;
        }

        public void Dispose()
        {
            if (_call is null) return;
            EngineContext.Current.Layer = _call.Outer;
            if (_call.Result is not null) EngineContext.Current.Tracer?.Left(_call);
        }
    }
}
