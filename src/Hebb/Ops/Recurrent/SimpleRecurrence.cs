using Hebb.Kernels;

namespace Hebb
{
    /// <summary>The function f of a simple recurrent layer.</summary>
    public enum RecurrentActivation
    {
        /// <summary>tanh</summary>
        Tanh,

        /// <summary>max(0, ·)</summary>
        Relu,

        /// <summary>σ</summary>
        Sigmoid,
    }
}

namespace Hebb.Ops
{
    /// <summary>h' = f(z + W h) (Elman, Finding Structure in Time, 1990); see <see cref="IRecurrentOp"/>.</summary>
    internal readonly record struct SimpleRecurrence(RecurrentActivation Activation, RecurrentForm Form) : IRecurrentOp
    {
        int IRecurrentOp.Gates => 1;

        int IRecurrentOp.Kept => 1;

        Kernel IRecurrentOp.For<T>(ICellKernel<T> maker) => Activation switch
        {
            RecurrentActivation.Tanh => maker.Of<SimpleCell<T, TanhActivation>>(),
            RecurrentActivation.Relu => maker.Of<SimpleCell<T, ReluActivation>>(),
            _ => maker.Of<SimpleCell<T, SigmoidActivation>>(),
        };

        (Tensor H, Tensor? C) IRecurrentOp.Step(Tensor z, Tensor p, Tensor h, Tensor? c)
        {
            Tensor drive = z + p;
            return (Activation switch
            {
                RecurrentActivation.Tanh => drive.Tanh(),
                RecurrentActivation.Relu => drive.Relu(),
                _ => drive.Sigmoid(),
            }, null);
        }
    }
}
