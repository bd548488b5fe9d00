namespace Hebb.Data;

/// <summary>
/// One of the shapes that are drawn: a circle, a polygon with three to five corners, a cross, or the outline of one of these.
/// </summary>
internal readonly struct ShapeFigure
{
    /// <summary>What <see cref="Cover"/> gives where the shape covers a whole pixel.</summary>
    public const int Full = Grid * Grid;

    private const int Kinds = 5, Cross = 4;
    private const int Grid = 4; // places a pixel across and down that are tested for lying inside
    private const double Hole = 0.6; // the inner edge of an outline, of the outer one
    private const double Arm = 0.3; // half the width of a cross, of its radius

    private readonly int _kind;
    private readonly bool _isOpen;
    private readonly double _x, _y, _distance;
    private readonly double[] _outward;

    /// <summary>Draws size, place and rotation.</summary>
    /// <param name="kind">Circle, triangle, square, pentagon and cross, and from 5 on their outlines.</param>
    /// <param name="size">Pixels of the image across and down.</param>
    /// <param name="random">What to draw from.</param>
    public ShapeFigure(int kind, int size, ref RandomStream random)
    {
        (_kind, _isOpen) = (kind % Kinds, kind >= Kinds);
        double radius = size * random.Uniform(0.2, 0.38), turn = 2 * Math.PI * random.NextDouble();
        (_x, _y) = (random.Uniform(radius, size - radius), random.Uniform(radius, size - radius));
        // A polygon is where the way along the outward direction of every side is at most the distance of that side; a cross has two axes.
        int corners = _kind == 0 ? 0 : _kind == Cross ? 2 : _kind + 2;
        _outward = new double[2 * corners];
        for (int side = 0; side < corners; side++)
        {
            double angle = turn + 2 * Math.PI * side / (_kind == Cross ? 4 : corners);
            (_outward[2 * side], _outward[2 * side + 1]) = (Elementary.Cos(angle), Elementary.Sin(angle));
        }
        _distance = _kind is 0 or Cross ? radius : radius * Elementary.Cos(Math.PI / corners);
    }

    /// <summary>How much of a pixel the shape covers, from 0 to <see cref="Full"/>.</summary>
    public int Cover(int column, int row)
    {
        int covered = 0;
        for (int place = 0; place < Grid * Grid; place++)
        {
            double x = column + (place % Grid + 0.5) / Grid - _x, y = row + (place / Grid + 0.5) / Grid - _y;
            bool isInside = _kind == Cross ? IsInCross(x, y, Arm * _distance, _distance) : IsInside(x, y, _distance);
            if (isInside && _isOpen)
                isInside = _kind == Cross ? !IsInCross(x, y, Arm * _distance * 0.5, _distance * 0.85) : !IsInside(x, y, _distance * Hole);
            covered += isInside ? 1 : 0;
        }
        return covered;
    }

    private bool IsInside(double x, double y, double distance)
    {
        if (_outward.Length == 0) return x * x + y * y <= distance * distance;
        for (int side = 0; side < _outward.Length; side += 2)
        {
            if (x * _outward[side] + y * _outward[side + 1] > distance) return false;
        }
        return true;
    }

    private bool IsInCross(double x, double y, double arm, double reach)
    {
        double along = Math.Abs(x * _outward[0] + y * _outward[1]), across = Math.Abs(x * _outward[2] + y * _outward[3]);
        return (along <= reach && across <= arm) || (across <= reach && along <= arm);
    }
}
