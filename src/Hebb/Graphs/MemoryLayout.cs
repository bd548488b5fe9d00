namespace Hebb;

/// <summary>
/// Where intermediates lie in one block: two share memory if one is used for the last time before the other is made. Large ones choose
/// first, each the lowest place that is free during its life.
/// </summary>
internal sealed class MemoryLayout
{
    private const int Alignment = 64;

    private static readonly Comparer<Buffer> s_byPlace = Comparer<Buffer>.Create((a, b) => a.Start.CompareTo(b.Start));

    private readonly Dictionary<Storage, Buffer> _buffers = [];

    public MemoryLayout(Plan plan, bool isInPlace)
    {
        Dictionary<Storage, (int First, int Last)> lives = Lives(plan, isInPlace, out Aliases hosts);
        List<Buffer> placed = []; // by place
        IEnumerable<KeyValuePair<Storage, (int First, int Last)>> largestFirst =
            lives.OrderByDescending(life => Size(life.Key)).ThenBy(life => life.Value.First);
        foreach ((Storage storage, (int first, int last)) in largestFirst)
        {
            Buffer buffer = new(Free(placed, first, last, Size(storage)), Size(storage), first, last);
            int behind = placed.BinarySearch(buffer, s_byPlace);
            placed.Insert(behind < 0 ? ~behind : behind, buffer);
            _buffers.Add(storage, buffer);
            Bytes = Math.Max(Bytes, buffer.End);
        }
        foreach (Tensor output in plan.Steps.SelectMany(step => step.Outputs))
        {
            if (hosts.Of(output.Storage) is var host && host != output.Storage) _buffers.Add(output.Storage, _buffers[host]);
        }
        LiveBytes = MostAtOnce(placed);
    }

    /// <summary>How large the block is.</summary>
    public long Bytes { get; }

    /// <summary>The most bytes that are in use at once, which no layout can go below.</summary>
    public long LiveBytes { get; }

    /// <summary>What lies in the block, and where it begins; for blocks of less than 2^31 bytes.</summary>
    public IEnumerable<(Storage Storage, int Start)> Places => _buffers.Select(buffer => (buffer.Key, (int)buffer.Value.Start));

    /// <summary>
    /// From which to which step memory is in use; what is written over an operand prolongs the life of the operand's, its host.
    /// </summary>
    private static Dictionary<Storage, (int First, int Last)> Lives(Plan plan, bool isInPlace, out Aliases hosts)
    {
        PlanStep[] steps = [.. plan.Steps, .. plan.Effects];
        Dictionary<Storage, int> last = [];
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (Tensor tensor in steps[i].Outputs.Concat(steps[i].Inputs)) last[plan.Aliases.Of(tensor.Storage)] = i;
        }
        foreach (Tensor kept in plan.Graph.Results) last[plan.Aliases.Of(kept.Storage)] = steps.Length;
        hosts = new Aliases();
        Dictionary<Storage, (int First, int Last)> lives = [];
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (Tensor output in steps[i].Outputs)
            {
                Storage? host = isInPlace && steps[i].IsElementwise ? Host(steps[i], i, plan.Aliases, last) : null;
                if (host is not null && lives.ContainsKey(hosts.Of(host))) hosts.Add(output.Storage, host);
                Storage place = hosts.Of(output.Storage);
                lives[place] = (lives.TryGetValue(place, out (int First, int Last) life) ? life.First : i, last[output.Storage]);
            }
        }
        return lives;
    }

    /// <summary>The memory of an operand that lies as the result does and is not needed after the step.</summary>
    private static Storage? Host(PlanStep step, int at, Aliases aliases, Dictionary<Storage, int> last)
    {
        Tensor y = step.Outputs[0];
        foreach (Tensor x in step.Inputs)
        {
            Storage memory = aliases.Of(x.Storage);
            bool isFree = memory.IsPromised && last[memory] == at && memory.Length == y.Storage.Length && x.Offset == 0 && x.Spec == y.Spec;
            if (isFree && step.Inputs.All(other => aliases.Of(other.Storage) != memory || (other.Offset == 0 && other.Spec == y.Spec)))
                return memory;
        }
        return null;
    }

    private static long MostAtOnce(List<Buffer> buffers)
    {
        long[] changes = new long[buffers.Select(buffer => buffer.Last + 2).DefaultIfEmpty().Max()];
        foreach (Buffer buffer in buffers)
        {
            changes[buffer.First] += buffer.Size;
            changes[buffer.Last + 1] -= buffer.Size;
        }
        long live = 0, most = 0;
        foreach (long change in changes) most = Math.Max(most, live += change);
        return most;
    }

    /// <summary>The lowest place where so many bytes are free during a life.</summary>
    private static long Free(List<Buffer> placed, int first, int last, long size)
    {
        long start = 0;
        foreach (Buffer other in placed)
        {
            if (other.First > last || first > other.Last) continue;
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
