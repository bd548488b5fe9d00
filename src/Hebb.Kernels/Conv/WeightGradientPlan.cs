namespace Hebb.Kernels;

/// <summary>The plan of gradients of weights and bias.</summary>
internal abstract unsafe class WeightGradientPlan<T>(in ConvProblem problem) : ConvPlan<T>(problem) where T : unmanaged
{
    /// <summary>The plan of dw = ∂L/∂w and db = ∂L/∂b for dy = ∂L/∂y.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="layout">Over what lanes run: the layout in which dy is read fastest.</param>
    /// <param name="xStrides">The strides of the inputs [N, C, H, W].</param>
    /// <param name="dyStrides">The strides of the gradients of the outputs [N, OutC, OutH, OutW].</param>
    /// <param name="hasBias">Whether db is asked for.</param>
    /// <exception cref="ArgumentException">Sizes, layout or strides do not fit together; the message says which.</exception>
    public static WeightGradientPlan<T> Of(in ConvShape shape, ConvLayout layout, in Dims xStrides, in Dims dyStrides, bool hasBias) =>
        (WeightGradientPlan<T>)For(new(ConvPass.WeightGradient, shape, layout, xStrides, dyStrides, hasBias));

    /// <summary>Computes the gradients.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="dy">Gradients of the outputs.</param>
    /// <param name="dw">Gradients of the weights; nothing of them is read.</param>
    /// <param name="db">Gradients of the bias; nothing if the plan has none.</param>
    /// <exception cref="ArgumentException">A length is wrong; the message says which.</exception>
    public void Run(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dw, Span<T> db)
    {
        CheckInputs(x.Length);
        CheckOutputs(dy.Length);
        ConvCheck.Length("dw", dw.Length, Shape.WeightLength);
        ConvCheck.Length("db", db.Length, Problem.HasBias ? Shape.OutC : 0);
        fixed (T* px = x, pdy = dy, pdw = dw, pdb = db)
        {
            var body = new Body(this, px, pdy, pdw, pdb);
            Lanes.Run<Body, T>(ref body, LaneNumbers);
        }
        GC.KeepAlive(this);
    }

    /// <summary>
    /// Computes the gradients with lanes <typeparamref name="V"/>; <paramref name="db"/> is null if the plan has no bias.
    /// </summary>
    private protected abstract void Compute<V>(T* x, T* dy, T* dw, T* db) where V : struct, ILane<V, T>;

    private readonly struct Body(WeightGradientPlan<T> plan, T* x, T* dy, T* dw, T* db) : IWidthBody<T>
    {
        public void Run<V>() where V : struct, ILane<V, T> => plan.Compute<V>(x, dy, dw, db);
    }
}
