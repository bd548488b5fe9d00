namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor)
    {
        /// <summary>Whether both hold, element by element, broadcast; for bool tensors.</summary>
        /// <exception cref="ShapeException">A tensor is not bool, or shapes do not broadcast.</exception>
        public static Tensor operator &(Tensor a, Tensor b) => Tensor.Where(a, b, False);

        /// <summary>Whether at least one holds, element by element, broadcast; for bool tensors.</summary>
        /// <exception cref="ShapeException">A tensor is not bool, or shapes do not broadcast.</exception>
        public static Tensor operator |(Tensor a, Tensor b) => Tensor.Where(a, True, b);

        /// <summary>Whether exactly one holds, element by element, broadcast; for bool tensors.</summary>
        /// <exception cref="ShapeException">A tensor is not bool, or shapes do not broadcast.</exception>
        public static Tensor operator ^(Tensor a, Tensor b) => Tensor.Where(a, !b, b);

        /// <summary>Whether it does not hold, element by element; for bool tensors.</summary>
        /// <exception cref="ShapeException">The tensor is not bool.</exception>
        public static Tensor operator !(Tensor a) => Tensor.Where(a, False, True);
    }

    private static Tensor True => Tensor.Scalar(true);

    private static Tensor False => Tensor.Scalar(false);
}
