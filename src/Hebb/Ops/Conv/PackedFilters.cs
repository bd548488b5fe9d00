using Hebb.Kernels;

namespace Hebb.Ops;

/// <summary>
/// Filters in the order in which a convolution reads them. They are packed at every call, as long as they change from call to call; once
/// they are used again unchanged, the pack is kept beside them, for all threads.
/// </summary>
internal sealed class PackedFilters
{
    // Tiles of 4 x 4 outputs take four times the filters' memory; where there are so many filters, packing is a small part of the work.
    private const int MostNumbers = 1 << 21;

    private readonly Lock _gate = new();
    private int _asked = -1;
    private Pack? _pack;

    /// <summary>Whether there is a pack.</summary>
    public bool IsMade => Volatile.Read(ref _pack) is not null;

    /// <summary>The pack of filters for images of a shape; nothing if there is none, and the call packs them itself.</summary>
    public static ReadOnlySpan<T> Of<T>(Tensor filters, CorrelationPlan<T> plan) where T : unmanaged
    {
        Storage storage = filters.Storage;
        if (filters.Count != storage.Length || !storage.IsVersioned) return default;
        PackedFilters packs = storage.Derived as PackedFilters ?? Attach(storage);
        int version = storage.Version;
        bool isUnchanged = packs._asked == version;
        packs._asked = version;
        if (!isUnchanged) return default;
        return packs.Current<T>(version) is { } pack ? pack.For(plan) : packs.Make(filters, plan, version);
    }

    private static PackedFilters Attach(Storage storage)
    {
        PackedFilters packs = new();
        storage.Derived = packs;
        return packs;
    }

    private ReadOnlySpan<T> Make<T>(Tensor filters, CorrelationPlan<T> plan, int version) where T : unmanaged
    {
        long length = plan.PackedLength;
        if (length is 0 or > MostNumbers) return default;
        lock (_gate)
        {
            // Another thread may have made it meanwhile, and read it already.
            if (Current<T>(version) is { } made) return made.For(plan);
            Pack<T> pack = _pack is Pack<T> old && old.Fits(plan) ? old : new Pack<T>(new T[length], plan.Problem.Layout);
            plan.Pack(filters.Span<T>(), pack.Numbers);
            pack.Version = version;
            Volatile.Write(ref _pack, pack);
            return pack.Numbers;
        }
    }

    private Pack<T>? Current<T>(int version) where T : unmanaged =>
        Volatile.Read(ref _pack) is Pack<T> pack && pack.Version == version ? pack : null;

    private abstract class Pack
    {
        private int _version = -1;

        /// <summary>
        /// Of which version of the filters it is; filters that are read several times in each
        /// training step are packed into the same memory again.
        /// </summary>
        public int Version { get => Volatile.Read(ref _version); set => Volatile.Write(ref _version, value); }
    }

    private sealed class Pack<T>(T[] numbers, ConvLayout layout) : Pack where T : unmanaged
    {
        public T[] Numbers => numbers;

        /// <summary>The form depends on the images too; one form is kept, and the length tells it from others.</summary>
        public bool Fits(CorrelationPlan<T> plan) => layout == plan.Problem.Layout && numbers.Length == plan.PackedLength;

        public ReadOnlySpan<T> For(CorrelationPlan<T> plan) => Fits(plan) ? numbers : default;
    }
}
