namespace Hebb;

/// <summary>
/// Storages of one type that lie side by side, each beginning where the one before it ends, so that one loop runs over all of them.
/// </summary>
internal static class StorageRow
{
    /// <summary>Whether a storage lies in a row.</summary>
    public static bool Holds(Storage storage) => storage.Source is RowMemory;

    /// <summary>
    /// Whether a storage could lie elsewhere without anyone noticing: small memory that no user holds and that lies in no row.
    /// </summary>
    public static bool CanMove(Storage storage) => storage.Bytes < BufferPool.SmallestBlock && storage.Source switch
    {
        CollectedMemory or PlannedMemory => true,
        LateMemory late => late.Filled is null or { Source: CollectedMemory },
        _ => false,
    };

    /// <summary>
    /// One storage over several, which are moved together for that unless they lie side by side already;
    /// null if one of them has to stay where it is.
    /// </summary>
    public static Storage? Over(IReadOnlyList<Storage> parts)
    {
        long length = parts.Sum(part => (long)part.Length);
        if (length * parts[0].DType.Size > Array.MaxLength) return null;
        if (parts.All(CanMove)) Move(parts);
        for (int i = 1; i < parts.Count; i++)
        {
            if (!parts[i].Follows(parts[i - 1])) return null;
        }
        return parts[0].Widened((int)length);
    }

    private static void Move(IReadOnlyList<Storage> parts)
    {
        byte[] block = GC.AllocateUninitializedArray<byte>((int)parts.Sum(part => part.Bytes));
        int at = 0;
        foreach (Storage part in parts)
        {
            int bytes = (int)part.Bytes;
            part.Span<byte>(0, bytes).CopyTo(block.AsSpan(at));
            part.MoveTo(block, at, RowMemory.Instance);
            at += bytes;
        }
    }
}
