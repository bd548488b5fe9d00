namespace Hebb.Ops;

/// <summary>
/// dx = s(x) dy, where s is constant between jumps: what the gradient of a function made of straight pieces does to the gradient that
/// comes in. It is linear in dy, and x has no part in its derivative.
/// </summary>
public interface IGate<TSelf> : IBinary<TSelf> where TSelf : struct, IGate<TSelf>
{
    Tensor IBinary<TSelf>.GradA(Tensor dy, Tensor a, Tensor b, Tensor y) => dy.Apply((TSelf)this, b);

    Tensor IBinary<TSelf>.GradB(Tensor dy, Tensor a, Tensor b, Tensor y) => Tensor.Zeros(b.Shape, b.DType);

    void IOp.Grad(GradientFlow flow) => flow.Give(0, flow.Upstream(0).Apply((TSelf)this, flow.Input(1)));
}
