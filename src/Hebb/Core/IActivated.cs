using Hebb.Kernels;

namespace Hebb;

/// <summary>An op whose kernel can apply an elementwise function to each element of its first result before it stores it.</summary>
public interface IActivated : IFloatOp
{
    /// <summary>The kernel of the op and then f: the first output holds f of the op's result.</summary>
    Kernel Bind<T, F>(ref OpCall call, F f) where T : unmanaged where F : struct, IUnaryLane;

    Kernel IFloatKernel.Bind<T>(ref OpCall call) => Bind<T, NoActivation>(ref call, default);
}

/// <summary>
/// An op whose kernel can apply an elementwise function to each element of its first result and of one more operand, of the result's
/// type, shape and layout, before it stores it.
/// </summary>
internal interface IPairActivated : IActivated
{
    /// <summary>
    /// The kernel of the op and then f: the first output holds f of the op's result and, if there is another operand, of the call's last.
    /// </summary>
    Kernel BindPair<T, F>(ref OpCall call, F f, bool hasOther) where T : unmanaged where F : struct, IBinaryLane;

    Kernel IActivated.Bind<T, F>(ref OpCall call, F f) => BindPair<T, FirstOfPair<F>>(ref call, new(f), hasOther: false);
}
