namespace Hebb.Kernels;

/// <summary>Packing of a whole B, some panels a chunk.</summary>
internal unsafe struct GemmPacking<T> : IItems<T> where T : unmanaged
{
    // Numbers that are worth a chunk of their own.
    private const int ChunkSize = 1 << 16;

    public int K, N;
    public T* B;
    public nint BRow, BColumn;
    public T* Panels;

    public readonly void Run()
    {
        int width = GemmRules.Panel<T>(), panels = (N + width - 1) / width;
        Items.Run<GemmPacking<T>, T>(this, panels, Math.Clamp(ChunkSize / (width * Math.Max(1, K)), 1, panels));
    }

    public readonly void Run<V>(int panel, int end) where V : struct, ILane<V, T>
    {
        int width = GemmRules.Panel<T>(), first = panel * width, columns = Math.Min((end - panel) * width, N - first);
        nint stride = GemmRight<T>.PackedStride(K);
        GemmRight<T>.Pack<V>(K, columns, B + (first * BColumn), BRow, BColumn, Panels + (panel * stride), stride);
    }
}
