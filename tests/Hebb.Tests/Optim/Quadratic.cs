using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

/// <summary>E = Σ cᵢ wᵢ² / 2, whose gradient c w is known without differentiation.</summary>
internal sealed class Quadratic
{
    private readonly double[] _curvatures;

    public Quadratic(double[] start, double[] curvatures, DType dtype = DType.Float64)
    {
        _curvatures = curvatures;
        Weight = new Parameter(Tensor.From(start, [start.Length]).Cast(dtype));
    }

    public Parameter Weight { get; }

    public double[] Values => Weight.Detach().Cast(DType.Float64).ToArray<double>();

    public ParameterGroup Group => new([("w", Weight)]);

    public static double[] Descend(IUpdateRule rule, double learningRate, double[] start, double[] curvatures, int steps)
    {
        Quadratic bowl = new(start, curvatures);
        Optimizer optimizer = new([bowl.Group], rule, learningRate);
        for (int i = 0; i < steps; i++) bowl.Step(optimizer);
        return bowl.Values;
    }

    public void Step(Optimizer optimizer)
    {
        double[] w = Values;
        Weight.Grad = Tensor.From<double>([.. w.Select((x, i) => _curvatures[i] * x)]).Cast(Weight.DType);
        optimizer.Step();
    }
}
