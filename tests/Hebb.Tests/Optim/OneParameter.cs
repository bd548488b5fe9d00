using Hebb.Layers;
using Hebb.Optim;

namespace Hebb.Tests.Optim;

/// <summary>A parameter with one value and one gradient everywhere, and what becomes of it.</summary>
internal static class OneParameter
{
    public static Parameter Filled(double value, double gradient, bool isDecayed = true) =>
        new(Tensor.Full([3], value, DType.Float64)) { Grad = Tensor.Full([3], gradient, DType.Float64), IsDecayed = isDecayed };

    public static double Value(Parameter parameter) => parameter.Detach().ToArray<double>()[1];

    /// <summary>The value after one step of plain descent at rate 0.1 with the given hooks.</summary>
    public static double After(Parameter parameter, params IUpdateHook[] hooks)
    {
        Optimizer optimizer = new([new ParameterGroup([("w", parameter)])], new Sgd(), 0.1);
        optimizer.Hooks.AddRange(hooks);
        optimizer.Step();
        return Value(parameter);
    }
}
