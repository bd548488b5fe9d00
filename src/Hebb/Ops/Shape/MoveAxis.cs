using Hebb.Kernels;
using Hebb.Ops;

namespace Hebb;

public static partial class TensorOps
{
    extension(Tensor x)
    {
        /// <summary>A view with one axis moved to another place; the others keep their order.</summary>
        /// <exception cref="ShapeException">An axis does not exist.</exception>
        public Tensor MoveAxis(int from, int to)
        {
            from = x.Shape.Axis(from);
            to = x.Shape.Axis(to);
            if (from == to) return x;
            Span<int> order = stackalloc int[Dims.MaxRank];
            for (int i = 0; i < x.Rank; i++) order[i] = i;
            Dims moved = new Dims(order[..x.Rank]).Without(from).Insert(to, from);
            return x.Apply(new Permute(moved));
        }
    }
}
