using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Optim;

/// <summary>Updates of several parameters that are done together, as one piece of work that threads share.</summary>
internal abstract class UpdateBatch
{
    /// <summary>Does the updates that were added, and forgets them.</summary>
    public abstract void Run();
}

/// <summary>Updates by one kind of body, whose numbers may differ from parameter to parameter.</summary>
internal sealed class UpdateBatch<TBody, T> : UpdateBatch where TBody : struct, ILaneBody where T : unmanaged
{
    /// <summary>From how many elements on threads share the work.</summary>
    private const int Shared = 32768;

    private Entry[] _entries = new Entry[8];
    private int _count, _parts;
    private long _elements;

    /// <summary>Adds an update whose body reads w, states and then the gradient, or else its operands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(TBody body, Tensor w, Tensor[] state, Tensor? gradient, Tensor[] operands)
    {
        if (_count == _entries.Length) Array.Resize(ref _entries, 2 * _count);
        Entry entry = new(body, w, state, gradient, operands, _parts);
        _entries[_count++] = entry;
        _parts += entry.Parts;
        _elements += w.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run()
    {
        Job job = new(this);
        if (_elements >= Shared) Team.Run(_parts, ref job);
        else for (int i = 0; i < _count; i++) _entries[i].RunAll();
        Array.Clear(_entries, 0, _count);
        (_count, _parts, _elements) = (0, 0, 0);
    }

    private void Run(int part)
    {
        int i = _count - 1;
        while (_entries[i].First > part) i--;
        _entries[i].Run(part - _entries[i].First);
    }

    private readonly struct Job(UpdateBatch<TBody, T> batch) : IJob
    {
        public void Run(int chunk) => batch.Run(chunk);
    }

    /// <summary>One parameter. Its parts are runs of elements, or of whole rows if the gradient's operands are stretched.</summary>
    private readonly struct Entry
    {
        /// <summary>How many elements a thread takes at a time.</summary>
        private const int Chunk = 16384;

        private readonly TBody _body;
        private readonly Tensor _w;
        private readonly Tensor[] _state, _operands;
        private readonly Tensor? _gradient;
        private readonly int _rows, _row, _rowsEach;

        public Entry(TBody body, Tensor w, Tensor[] state, Tensor? gradient, Tensor[] operands, int first)
        {
            (_body, _w, _state, _gradient, _operands, First) = (body, w, state, gradient, operands, first);
            _rows = operands.Length > 0 ? w.Shape[0] : w.Count;
            _row = _rows == 0 ? 0 : w.Count / _rows;
            _rowsEach = Math.Max(1, Chunk / Math.Max(1, _row));
        }

        /// <summary>Which of all parts is the first one.</summary>
        public int First { get; }

        public int Parts => _row == 0 ? 0 : (_rows + _rowsEach - 1) / _rowsEach;

        public void RunAll()
        {
            if (_row > 0) Run(0, _rows);
        }

        public void Run(int part) => Run(part * _rowsEach, Math.Min(_rowsEach, _rows - part * _rowsEach));

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Run(int first, int rows)
        {
            int at = first * _row, length = rows * _row;
            Operands<T> operands = default;
            operands.Read(Part(_w, at, length));
            foreach (Tensor state in _state) operands.Read(Part(state, at, length));
            if (_gradient is not null) operands.Read(Part(_gradient, at, length));
            foreach (Tensor operand in _operands) operands.Read(operand.Span<T>()[(first * RowStep(operand))..]);
            operands.Write(Part(_w, at, length));
            foreach (Tensor state in _state) operands.Write(Part(state, at, length));
            if (_operands.Length == 0) Map.Run(_body, operands);
            else Map.Run(_body, Rows(rows), operands);
        }

        /// <summary>The walk over some rows of the parameter, its states and the gradient's operands.</summary>
        private Loop Rows(int rows)
        {
            int states = _state.Length, count = 2 * (1 + states) + _operands.Length;
            Span<Dims> strides = stackalloc Dims[Loop.MaxOperands];
            strides[..count].Fill(_w.Spec.Strides);
            for (int i = 0; i < _operands.Length; i++) strides[1 + states + i] = Elementwise.Stretch(_operands[i].Spec, _w.Shape);
            return Loop.Of(_w.Shape.Sizes.With(0, rows), strides[..count], 1 + states);
        }

        private int RowStep(Tensor operand) => Elementwise.Stretch(operand.Spec, _w.Shape)[0];

        private static Span<T> Part(Tensor tensor, int at, int length) => tensor.Span<T>().Slice(at, length);
    }
}
