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

    /// <summary>Runs the function and lets who watches the ops know which module applies them.</summary>
    private Tensor ForwardWatched(Tensor x)
    {
        OpScope? outer = Engine.Scope;
        ModuleCall call = new(this, outer);
        if (outer is ModuleCall caller) caller.HasParts = true;
        Engine.Scope = call;
        try
        {
            call.Result = OnForward(x);
        }
        finally
        {
            Engine.Scope = outer;
        }
        Engine.Tracer?.Left(call);
        return call.Result;
    }
}
