namespace Hebb.Kernels;

/// <summary>A correlation of no images.</summary>
internal sealed class EmptyCorrelation<T>(ConvProblem problem) : CorrelationPlan<T>(problem) where T : unmanaged
{
    public override void Compute<V, A>(in Operands operands, A activation)
    {
    }
}

/// <summary>Gradients of weights and bias from no images: zeros.</summary>
internal sealed unsafe class EmptyWeightGradient<T>(ConvProblem problem) : WeightGradientPlan<T>(problem) where T : unmanaged
{
    private protected override void Compute<V>(T* x, T* dy, T* dw, T* db)
    {
        new Span<T>(dw, (int)Shape.WeightLength).Clear();
        if (db != null) new Span<T>(db, Shape.OutC).Clear();
    }
}

/// <summary>When there is nothing to compute.</summary>
internal static class EmptyBatch
{
    public static bool Suits(in ConvShape shape, ConvLayout layout, ConvPass pass) => shape.N == 0;
}
