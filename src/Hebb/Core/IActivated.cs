using Hebb.Kernels;

namespace Hebb;

/// <summary>An op whose kernel can apply an elementwise function to each number of its first result before it stores it.</summary>
public interface IActivated : IOp
{
    /// <summary>The op and then f, on tensors whose layouts stay, as something to run again and again; the first output holds f of the op's result.</summary>
    Action Bind<F>(Tensor[] inputs, Tensor[] outputs, F f) where F : struct, IUnaryLane;

    Action IOp.Bind(Tensor[] inputs, Tensor[] outputs) => Bind(inputs, outputs, default(NoActivation));
}
