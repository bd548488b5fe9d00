namespace Hebb.Ops;

/// <summary>An elementwise function that is constant between jumps, such as rounding: its derivative is 0 wherever it has one.</summary>
public interface IFlat<TSelf> : IUnary<TSelf>, IKinked where TSelf : struct, IFlat<TSelf>
{
    bool IUnary<TSelf>.ReadsInput => false;

    bool IUnary<TSelf>.ReadsOutput => false;

    Tensor IUnary<TSelf>.Grad(Tensor dy, Tensor x, Tensor y) => Tensor.Zeros(x.Shape, x.DType);

    void IOp.Grad(GradientFlow flow) { }

    Tensor IKinked.Piece(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> outputs) => outputs[0].Cast(DType.Int64);
}
