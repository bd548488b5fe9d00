using Hebb.Kernels;

namespace Hebb;

/// <summary>Writes b into a, which is memory outside the graph, such as a running average.</summary>
internal readonly record struct Assignment : IAnyOp, IEffect
{
    bool IEffect.Writes(int operand) => operand == 0;

    Kernel IAnyKernel.Bind<T>(ref OpCall call)
    {
        TensorSpec target = call.Input(0);
        Dims strides = Elementwise.Stretch(call.Input(1), target.Shape);
        Loop loop = Loop.Of(target.Shape.Sizes, [strides, target.Strides]);
        bool isAlike = strides == target.Strides;
        return (in v) =>
        {
            Copies.Move(loop, isAlike, v.Input<T>(1), v.InPlace<T>(0));
            v.InputTensor(0).Storage.Touch();
        };
    }
}
