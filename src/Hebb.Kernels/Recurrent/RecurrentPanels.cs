namespace Hebb.Kernels;

/// <summary>
/// Recurrent weights in panels, packed once a pass: the panels of a group of units lie together, so that each thread keeps those of its
/// groups in its second-level cache for all steps.
/// </summary>
/// <remarks>Weights [D, G·H, H] of a direction hold the rows of one gate after those of another, as in PyTorch.</remarks>
internal unsafe struct RecurrentPanels<T> : IItems<T> where T : unmanaged
{
    private readonly RecurrentShape _shape;
    private readonly T* _weights, _panels;
    private readonly bool _isBackward;

    /// <summary>Packs the weights for products with the state, or backward for products with gradients of the drives.</summary>
    public RecurrentPanels(in RecurrentShape shape, T* weights, bool isBackward)
    {
        _shape = shape;
        _weights = weights;
        _isBackward = isBackward;
        K = isBackward ? shape.Gates * shape.Units : shape.Units;
        Each = isBackward ? 1 : shape.Gates;
        Stride = GemmRight<T>.PackedStride(K);
        int panels = shape.Directions * shape.Groups<T>() * Each;
        _panels = Scratch.Get<T>(ScratchUse.RecurrentWeights, panels * (long)Stride);
        Items.Run<RecurrentPanels<T>, T>(this, panels);
    }

    /// <summary>Rows of a panel: what a sum of the product runs over.</summary>
    public int K { get; }

    /// <summary>Panels of a group of units: one for each gate, or one backward.</summary>
    public int Each { get; }

    /// <summary>Numbers from one panel to the next.</summary>
    public nint Stride { get; }

    /// <summary>The first panel of a group of units.</summary>
    public readonly T* Of(int direction, int group) => _panels + (direction * (long)_shape.Groups<T>() + group) * Each * Stride;

    public readonly void Run<V>(int from, int to) where V : struct, ILane<V, T>
    {
        int width = GemmRules.Panel<T>(), groups = _shape.Groups<T>(), units = _shape.Units;
        for (int panel = from; panel < to; panel++)
        {
            int gate = panel % Each, group = panel / Each % groups, first = group * width;
            T* weights = _weights + panel / Each / groups * ((long)_shape.Gates * units * units);
            T* b = _isBackward ? weights + first : weights + ((long)gate * units + first) * units;
            (nint row, nint column) = _isBackward ? (units, 1) : (1, units);
            GemmRight<T>.Pack<V>(K, Math.Min(width, units - first), b, row, column, _panels + panel * Stride, Stride);
        }
    }
}
