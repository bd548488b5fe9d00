using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb;

public partial class Tensor
{
    /// <summary>
    /// A view of some positions along the first axes; further axes are taken whole.
    /// <c>x[0]</c>, <c>x[1..3, ^1]</c>, <c>x[.., Slice.Every(2)]</c>. Assigning writes into this tensor's memory.
    /// </summary>
    /// <exception cref="ShapeException">More slices than axes, or positions outside an axis.</exception>
    /// <exception cref="InvalidOperationException">Assigning to a tracked tensor outside <see cref="NoGrad"/>.</exception>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<Slice> slices]
    {
        get
        {
            if (slices.Length > Rank)
                throw new ShapeException(
                    $"{slices.Length} positions were given to index {Spec}, which has {Rank} axes; give at most {Rank}.");
            Span<int> starts = stackalloc int[Dims.MaxRank], counts = stackalloc int[Dims.MaxRank], steps = stackalloc int[Dims.MaxRank];
            for (int i = 0; i < Rank; i++)
                (starts[i], counts[i], steps[i]) = i < slices.Length ? slices[i].Resolve(Spec, i) : (0, Shape[i], 1);
            Tensor part = Apply(new TakeSlice(new Dims(starts[..Rank]), new Dims(counts[..Rank]), new Dims(steps[..Rank])));
            for (int i = slices.Length - 1; i >= 0; i--)
            {
                if (slices[i].IsOne) part = part.Apply(new DropAxis(i));
            }
            return part;
        }

        set
        {
            RequireWritable();
            using (new NoGrad()) this[slices].Assign(value);
        }
    }

    /// <inheritdoc cref="this[ReadOnlySpan{Slice}]"/>
    [IndexerName("Part")]
    public Tensor this[params Slice[] slices]
    {
        get => this[(ReadOnlySpan<Slice>)slices];
        set => this[(ReadOnlySpan<Slice>)slices] = value;
    }
}
