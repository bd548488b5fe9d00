namespace Hebb;

public partial class Tensor
{
    /// <summary>Whether both hold, element by element; see <c>And</c>.</summary>
    public static Tensor operator &(Tensor a, Tensor b) => a.And(b);

    /// <summary>Whether at least one holds, element by element; see <c>Or</c>.</summary>
    public static Tensor operator |(Tensor a, Tensor b) => a.Or(b);

    /// <summary>Whether exactly one holds, element by element; see <c>Xor</c>.</summary>
    public static Tensor operator ^(Tensor a, Tensor b) => a.Xor(b);

    /// <summary>Whether it does not hold, element by element; see <c>Not</c>.</summary>
    public static Tensor operator !(Tensor a) => a.Not();
}

public static partial class TensorOps
{
    extension(Tensor a)
    {
        /// <summary>Whether both hold, element by element, broadcast; for bool tensors.</summary>
        /// <exception cref="ShapeException">A tensor is not bool, or shapes do not broadcast.</exception>
        public Tensor And(Tensor b) => Tensor.Where(a, b, Tensor.Scalar(false));

        /// <summary>Whether at least one holds, element by element, broadcast; for bool tensors.</summary>
        /// <exception cref="ShapeException">A tensor is not bool, or shapes do not broadcast.</exception>
        public Tensor Or(Tensor b) => Tensor.Where(a, Tensor.Scalar(true), b);

        /// <summary>Whether exactly one holds, element by element, broadcast; for bool tensors.</summary>
        /// <exception cref="ShapeException">A tensor is not bool, or shapes do not broadcast.</exception>
        public Tensor Xor(Tensor b) => Tensor.Where(a, b.Not(), b);

        /// <summary>Whether it does not hold, element by element; for bool tensors.</summary>
        /// <exception cref="ShapeException">The tensor is not bool.</exception>
        public Tensor Not() => Tensor.Where(a, Tensor.Scalar(false), Tensor.Scalar(true));
    }
}
