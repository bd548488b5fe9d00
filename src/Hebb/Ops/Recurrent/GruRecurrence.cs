using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// h' = (1 - u) n + u h with r, u = σ(z + W h) and n = tanh(z + r (W h + b)), in the order r, u, n: the gated recurrent unit of Cho et al.
/// (2014) with the reset gate after the product, as in cuDNN; see <see cref="IRecurrentOp"/>.
/// </summary>
internal readonly record struct GruRecurrence(RecurrentForm Form) : IRecurrentOp
{
    int IRecurrentOp.Gates => 3;

    int IRecurrentOp.Kept => 4;

    bool IRecurrentOp.HasOwnProducts => true;

    Kernel IRecurrentOp.For<T>(ICellKernel<T> maker) => maker.Of<GruCell<T>>();

    (Tensor H, Tensor? C) IRecurrentOp.Step(Tensor z, Tensor p, Tensor h, Tensor? c)
    {
        Tensor[] drives = z.Chunk(3, 1), products = p.Chunk(3, 1);
        Tensor r = (drives[0] + products[0]).Sigmoid(), u = (drives[1] + products[1]).Sigmoid();
        return ((1 - u) * (drives[2] + r * products[2]).Tanh() + u * h, null);
    }
}
