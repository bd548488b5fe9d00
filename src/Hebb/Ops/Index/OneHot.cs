namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>For each class index a row with 1 at its place and 0 elsewhere: shape [...] becomes [..., classes].</summary>
        /// <exception cref="ShapeException">The indices are not int64.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index is negative or not below the number of classes.</exception>
        public Tensor OneHot(int classes, DType dtype = DType.Float32)
        {
            Tensor places = x.Unsqueeze(-1);
            Tensor ones = Tensor.Ones(Shape.Scalar, dtype).BroadcastTo(places.Shape);
            return Tensor.Zeros(x.Shape.Insert(-1, classes), dtype).Scatter(-1, places, ones);
        }

        /// <summary>1 at the largest element along an axis (the first of equals) and 0 elsewhere. It has no gradient.</summary>
        /// <exception cref="ShapeException">The axis does not exist or is empty.</exception>
        public Tensor Hardmax(int axis = -1)
        {
            Tensor y = x.ArgMax(axis).OneHot(x.Shape[axis], x.DType).MoveAxis(-1, axis);
            if (!x.DType.IsFloat) return y;
            Tensor largest = x.Detach().Max([axis], keepAxes: true);
            return Tensor.Where(largest.NotEqualTo(largest), double.NaN, y);
        }
    }
}
