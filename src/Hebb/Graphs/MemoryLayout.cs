namespace Hebb;

/// <summary>
/// Where intermediates lie in one block: two share memory if one is used for the last time before the other is made. Large ones choose first, each
/// the lowest place that is free during its life.
/// </summary>
internal sealed class MemoryLayout
{
    private const int Alignment = 64;

    private readonly Dictionary<Storage, Buffer> _buffers = [];

    public MemoryLayout(Plan plan)
    {
        Dictionary<Storage, (int First, int Last)> lives = Lives(plan);
        List<Buffer> placed = [];
        foreach ((Storage storage, (int first, int last)) in lives.OrderByDescending(life => Size(life.Key)).ThenBy(life => life.Value.First))
        {
            Buffer buffer = new(Free(placed, first, last, Size(storage)), Size(storage), first, last);
            placed.Add(buffer);
            _buffers.Add(storage, buffer);
            Bytes = Math.Max(Bytes, buffer.End);
        }
        LiveBytes = placed.Count == 0 ? 0 : placed.Max(at => placed.Where(other => other.First <= at.First && at.First <= other.Last).Sum(other => other.Size));
    }

    /// <summary>How large the block is.</summary>
    public long Bytes { get; }

    /// <summary>The most bytes that are in use at once, which no layout can go below.</summary>
    public long LiveBytes { get; }

    /// <summary>What lies in the block, and where it begins.</summary>
    public IEnumerable<(Storage Storage, int Start)> Places => _buffers.Select(buffer => (buffer.Key, checked((int)buffer.Value.Start)));

    private static Dictionary<Storage, (int First, int Last)> Lives(Plan plan)
    {
        Dictionary<Storage, (int First, int Last)> lives = [];
        PlanStep[] steps = [.. plan.Steps, .. plan.Effects];
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (Tensor output in steps[i].Outputs) lives[output.Storage] = (i, i);
            foreach (Storage storage in steps[i].Reads)
            {
                // Arguments are read too, but they lie elsewhere.
                if (lives.TryGetValue(storage, out (int First, int Last) life)) lives[storage] = (life.First, i);
            }
        }
        foreach (Tensor result in plan.Graph.Results)
        {
            if (lives.TryGetValue(result.Storage, out (int First, int Last) life)) lives[result.Storage] = (life.First, steps.Length);
        }
        return lives;
    }

    /// <summary>The lowest place where so many bytes are free during a life.</summary>
    private static long Free(List<Buffer> placed, int first, int last, long size)
    {
        long start = 0;
        foreach (Buffer other in placed.Where(other => other.First <= last && first <= other.Last).OrderBy(other => other.Start))
        {
            if (start + size <= other.Start) break;
            start = Math.Max(start, other.End);
        }
        return start;
    }

    private static long Size(Storage storage) => ((long)storage.Length * storage.DType.Size + Alignment - 1) / Alignment * Alignment;

    private readonly record struct Buffer(long Start, long Size, int First, int Last)
    {
        public long End => Start + Size;
    }
}
