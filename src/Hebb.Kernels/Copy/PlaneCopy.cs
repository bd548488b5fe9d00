using System.Runtime.CompilerServices;

namespace Hebb.Kernels;

/// <summary>
/// A strided copy, plane by plane: a plane is the output's narrowest axis (its columns) and one more (its rows), which is the axis that
/// the input has contiguous where the columns are not, so that the plane is a transposition.
/// </summary>
internal unsafe struct PlaneCopy<T> : IJob where T : unmanaged
{
    /// <summary>About how many elements a thread takes at a time.</summary>
    private const int Chunk = 16384;

    private readonly Loop* _outer;
    private readonly T* _x;
    private readonly T* _y;
    private readonly int _columns, _rows, _columnsEach, _rowsEach, _planesEach, _planes;
    private readonly nint _xColumn, _yColumn, _xRow, _yRow;

    /// <summary>A copy over a loop.</summary>
    /// <param name="loop">The loop over input and output.</param>
    /// <param name="outer">Where to keep the loop over planes.</param>
    /// <param name="x">The input's first element.</param>
    /// <param name="y">The output's first element.</param>
    public PlaneCopy(Loop* loop, Loop* outer, T* x, T* y)
    {
        _outer = outer;
        _x = x;
        _y = y;
        int last = loop->Rank - 1, rowAxis = last - 1;
        (_columns, _xColumn, _yColumn, _rows) = (loop->Sizes[last], loop->Step(0, last), loop->Step(1, last), 1);
        if (rowAxis >= 0)
        {
            for (int axis = 0; axis < last && _xColumn != 1; axis++)
                if (loop->Step(0, axis) == 1) rowAxis = axis;
            (_rows, _xRow, _yRow) = (loop->Sizes[rowAxis], loop->Step(0, rowAxis), loop->Step(1, rowAxis));
        }
        *outer = loop->WithoutRowsAndColumns(rowAxis);
        _planes = outer->Count;

        int plane = checked(_rows * _columns);
        _planesEach = Math.Max(1, Chunk / plane);
        _columnsEach = _rows == 1 ? Math.Min(_columns, Chunk) : _columns;
        _rowsEach = plane <= Chunk ? _rows : Math.Min(_rows, Math.Max(16, Chunk / _columns / 16 * 16));
    }

    private readonly int ColumnParts => (_columns + _columnsEach - 1) / _columnsEach;

    private readonly int RowParts => (_rows + _rowsEach - 1) / _rowsEach;

    public readonly int Chunks => (_planes + _planesEach - 1) / _planesEach * ColumnParts * RowParts;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int chunk)
    {
        int column = chunk % ColumnParts * _columnsEach;
        chunk /= ColumnParts;
        int row = chunk % RowParts * _rowsEach, first = chunk / RowParts * _planesEach;
        int columns = Math.Min(_columnsEach, _columns - column), rows = Math.Min(_rowsEach, _rows - row);
        Place place = new(_outer, 2, first);
        for (int plane = first; plane < Math.Min(_planes, first + _planesEach); plane++, place.Advance(_outer, 1, 0, 2))
        {
            T* x = _x + place.Offsets[0] + (row * _xRow) + (column * _xColumn);
            T* y = _y + place.Offsets[1] + (row * _yRow) + (column * _yColumn);
            if (_yColumn == 1 && _xColumn == 1) Rows(x, y, rows, columns);
            else if (_yColumn == 1 && _xRow == 1) Transposition.Run(x, _xColumn, y, _yRow, rows, columns);
            else if (_yColumn == 1 && _xColumn == 0) Fill(x, y, rows, columns);
            else Any(x, y, rows, columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Rows(T* x, T* y, int rows, int columns)
    {
        for (int row = 0; row < rows; row++, x += _xRow, y += _yRow)
        {
            if (columns >= 16) Unsafe.CopyBlockUnaligned(y, x, (uint)columns * (uint)sizeof(T));
            else for (int i = 0; i < columns; i++) y[i] = x[i];
        }
    }

    private readonly void Fill(T* x, T* y, int rows, int columns)
    {
        for (int row = 0; row < rows; row++, x += _xRow, y += _yRow) new Span<T>(y, columns).Fill(*x);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Any(T* x, T* y, int rows, int columns)
    {
        for (int row = 0; row < rows; row++, x += _xRow, y += _yRow)
            for (nint i = 0; i < columns; i++) y[i * _yColumn] = x[i * _xColumn];
    }
}
