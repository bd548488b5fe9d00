namespace Hebb.Layers;

public abstract partial class Module
{
    /// <summary>
    /// Type, shape and layout of the result for an input, found without computing: the shape pass. Layers whose input size is open get it, and their
    /// start values.
    /// </summary>
    /// <param name="input">The input with the batch.</param>
    /// <exception cref="ShapeException">The module does not take such inputs.</exception>
    /// <exception cref="TraceException">The module reads values; the message names the op.</exception>
    public TensorSpec Infer(in TensorSpec input)
    {
        using NoGrad none = new();
        return Graph.Trace(Forward, input).Results[0].Spec;
    }

    /// <summary>
    /// For a layer that moves a window over the axes after the first two: how many positions of such an axis (0: the first of them) one result sees, and how far the next
    /// window is; null for other layers. From them follow receptive fields: r ← r + (size - 1) j, j ← j stride.
    /// </summary>
    public virtual (int Size, int Stride)? WindowAlong(int axis) => null;

    /// <summary>
    /// Runs what a module computes of more than one tensor, such as a sequence and its mask: as <see cref="Forward"/> runs <see cref="OnForward"/>, so that errors,
    /// pictures and summaries name the module.
    /// </summary>
    /// <param name="x">The first of the tensors.</param>
    /// <param name="function">What is computed of it, and of what else it holds.</param>
    protected Tensor Call(Tensor x, Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return EngineContext.Current.IsWatched ? Watched(x, function) : function(x);
    }

    /// <summary>Runs a function and lets who watches the ops know which module applies them.</summary>
    private Tensor Watched(Tensor x, Func<Tensor, Tensor> function)
    {
        EngineContext context = EngineContext.Current;
        OpScope? outer = context.Layer;
        ModuleCall call = new(this, x, outer);
        if (outer is ModuleCall caller) caller.HasParts = true;
        context.Layer = call;
        try
        {
            call.Result = function(x);
        }
        finally
        {
            context.Layer = outer;
        }
        context.Tracer?.Left(call);
        return call.Result;
    }
}
