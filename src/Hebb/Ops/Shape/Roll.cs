namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>
        /// The tensor with its positions moved on along an axis; those that leave at one end come in at the other.
        /// [1, 2, 3] rolled by 1 is [3, 1, 2].
        /// </summary>
        /// <exception cref="ShapeException">The axis does not exist.</exception>
        public Tensor Roll(int shift, int axis = 0)
        {
            int size = x.Shape[axis];
            if (size == 0) return x;
            int moved = shift % size;
            if (moved < 0) moved += size;
            return moved == 0 ? x : Tensor.Concat([x.Narrow(axis, size - moved, moved), x.Narrow(axis, 0, size - moved)], axis);
        }
    }
}
