using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>Updates of several parameters that are done together, as one piece of work that threads share.</summary>
internal abstract class UpdateBatch
{
    /// <summary>Does the updates that were added, and forgets them.</summary>
    public abstract void Run();
}

/// <summary>Updates by one body, whose numbers may differ from parameter to parameter.</summary>
internal sealed class UpdateBatch<TBody, TLane, T> : UpdateBatch where TBody : struct, ILaneBody where TLane : struct, IUpdateLane where T : unmanaged
{
    /// <summary>How many elements a thread takes at a time, across parameters.</summary>
    private const int Chunk = 16384;

    private Entry[] _entries = new Entry[8];
    private int _count;
    private long _elements;

    public void Add(TBody body, Tensor w, Tensor gradient, Tensor[] state)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
        _entries[_count++] = new Entry(body, w, gradient, state, _elements);
        _elements += w.Count;
    }

    public override void Run()
    {
        Job job = new(this);
        int chunks = checked((int)((_elements + Chunk - 1) / Chunk));
        if (chunks > 2) Team.Run(chunks, ref job);
        else for (int chunk = 0; chunk < chunks; chunk++) job.Run(chunk);
        Array.Clear(_entries, 0, _count);
        (_count, _elements) = (0, 0);
    }

    private void Run(int chunk)
    {
        long from = (long)chunk * Chunk, to = Math.Min(from + Chunk, _elements);
        int i = _count - 1;
        while (_entries[i].Start > from) i--;
        for (; from < to; i++)
        {
            ref readonly Entry entry = ref _entries[i];
            int at = (int)(from - entry.Start), length = (int)Math.Min(to - from, entry.W.Count - at);
            entry.Run(at, length);
            from += length;
        }
    }

    private readonly struct Job(UpdateBatch<TBody, TLane, T> batch) : IJob
    {
        public void Run(int chunk) => batch.Run(chunk);
    }

    /// <summary>One parameter, its gradient and state; in a row of all parameters it begins at an element.</summary>
    private readonly struct Entry(TBody body, Tensor w, Tensor gradient, Tensor[] state, long start)
    {
        public Tensor W => w;

        public long Start => start;

        public void Run(int at, int length)
        {
            Operands<T> operands = default;
            operands.Read(Part(w, at, length));
            operands.Read(Part(gradient, at, length));
            for (int i = 0; i < TLane.StateCount; i++) operands.Read(Part(state[i], at, length));
            operands.Write(Part(w, at, length));
            for (int i = 0; i < TLane.StateCount; i++) operands.Write(Part(state[i], at, length));
            Map.Run(body, operands);
        }

        private static Span<T> Part(Tensor tensor, int at, int length) => tensor.Span<T>().Slice(at, length);
    }
}
