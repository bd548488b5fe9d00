using Hebb.Ops;

namespace Hebb.Training;

/// <summary>Reads outputs and targets for the metrics of regressions.</summary>
internal static class Targets
{
    public static (double[] Output, double[] Target, int PerSample) Read(string metric, Tensor output, Tensor target)
    {
        if (output.Rank is 0 or > 2)
            throw new ShapeException($"{metric} got outputs {output.Spec}, but needs [N] or [N, M]; reshape outputs and targets.");
        TargetSpecs.Require(metric, output.Spec, target.Spec, new TensorSpec(target.DType, output.Shape));
        double[] outputs = output.Detach().Cast(DType.Float64).ToArray<double>();
        double[] targets = target.Detach().Cast(DType.Float64).ToArray<double>();
        return (outputs, targets, output.Rank == 2 ? output.Shape[1] : 1);
    }
}
