using Hebb.Kernels;

namespace Hebb;

/// <summary>An op whose kernel can apply an elementwise function to each element of its first result before it stores it.</summary>
public interface IActivated : IFloatOp
{
    /// <summary>The kernel of the op and then f: the first output holds f of the op's result.</summary>
    Kernel Bind<T, F>(ref OpCall call, F f) where T : unmanaged where F : struct, IUnaryLane;

    Kernel IFloatKernel.Bind<T>(ref OpCall call) => Bind<T, NoActivation>(ref call, default);
}
