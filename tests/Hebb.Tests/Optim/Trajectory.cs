using Hebb.Layers;
using Hebb.Optim;
using Hebb.Tests.Reference;

namespace Hebb.Tests.Optim;

/// <summary>Walks a reference path: the weights after every step and the state after the last.</summary>
internal static class Trajectory
{
    public static void Check(ReferenceCase item, IUpdateRule rule, params IUpdateHook[] hooks)
    {
        ReferenceArray start = item.Inputs["weight"];
        double[] gradients = item.Inputs["gradients"].Doubles, rates = item.Inputs["rates"].Doubles;
        int count = start.Doubles.Length;
        foreach (DType dtype in (DType[])[DType.Float64, DType.Float32])
        {
            Parameter w = new(Tensor.From(start.Doubles, new Shape(start.Shape)).Cast(dtype));
            Optimizer optimizer = new([new ParameterGroup([("w", w)])], rule);
            optimizer.Hooks.AddRange(hooks);
            List<double> path = [];
            for (int i = 0; i < rates.Length; i++)
            {
                w.Grad = Tensor.From<double>(gradients.AsSpan(i * count, count), w.Shape).Cast(dtype);
                optimizer.LearningRate = rates[i];
                optimizer.Step();
                path.AddRange(w.Detach().Cast(DType.Float64).ToArray<double>());
            }
            // A gradient of 1e-9 beside Adam's epsilon of 1e-8 costs a few more digits in single precision.
            double tolerance = dtype == DType.Float64 ? 1e-13 : 2e-6;
            item.Outputs["weights"].AssertNear(path.ToArray(), tolerance);
            foreach (string name in rule.StateNames.Where(item.Outputs.ContainsKey))
                item.Outputs[name].AssertNear(optimizer.StateDict()["w." + name].Cast(DType.Float64).ToArray<double>(), tolerance);
        }
    }
}
