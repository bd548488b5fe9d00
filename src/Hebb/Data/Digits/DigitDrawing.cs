namespace Hebb.Data;

/// <summary>
/// Writes one digit: a glyph, bent and tilted at random, brought to the frame of MNIST, drawn with a pen of random width.
/// </summary>
internal ref struct DigitDrawing
{
    private const int MaxPoints = 24; // of a glyph
    private const int Steps = 6; // segments between two points
    private const int Size = StrokeDigits.Size;
    private const double Box = 20; // MNIST: digits fill 20 pixels, their mass in the middle of 28

    private RandomStream _random;
    private readonly Span<double> _x, _y, _pressure;
    private int _count;
    private readonly Span<int> _ends; // of strokes, in path points
    private int _strokes;

    private DigitDrawing(RandomStream random, Span<double> x, Span<double> y, Span<double> pressure, Span<int> ends)
    {
        _random = random;
        _x = x;
        _y = y;
        _pressure = pressure;
        _ends = ends;
    }

    /// <summary>Fills <paramref name="pixels"/> (28 x 28, white on black) with the digit.</summary>
    public static void Draw(RandomStream random, int digit, Span<byte> pixels)
    {
        const int path = MaxPoints * Steps;
        DigitDrawing drawing = new(random, stackalloc double[path], stackalloc double[path], stackalloc double[path], stackalloc int[4]);
        drawing.Trace(drawing.Choose(DigitGlyphs.All[digit]));
        drawing.Bend();
        drawing.Tilt();
        drawing.Ink(pixels);
    }

    private DigitGlyph Choose(DigitGlyph[] ways)
    {
        double total = 0;
        foreach (DigitGlyph way in ways) total += way.Share;
        double at = _random.NextDouble() * total;
        foreach (DigitGlyph way in ways)
            if ((at -= way.Share) < 0) return way;
        return ways[^1];
    }

    /// <summary>Moves the glyph's points a little and lays the path through them.</summary>
    private void Trace(DigitGlyph glyph)
    {
        int points = glyph.X.Length;
        Span<double> x = stackalloc double[MaxPoints], y = stackalloc double[MaxPoints], pressure = stackalloc double[MaxPoints];
        double wobble = _random.Uniform(0.008, 0.04);
        for (int i = 0; i < points; i++)
        {
            x[i] = glyph.X[i] + wobble * _random.Bell();
            y[i] = glyph.Y[i] + wobble * _random.Bell();
            pressure[i] = 1 + 0.09 * _random.Bell();
        }

        int first = 0;
        foreach (int end in glyph.Ends)
        {
            for (int i = first; i + 1 < end; i++)
            {
                int before = i == first || glyph.Corner[i] ? i : i - 1, after = i + 2 == end || glyph.Corner[i + 1] ? i + 1 : i + 2;
                for (int step = 0; step < Steps; step++)
                {
                    double t = (double)step / Steps;
                    Add(Curve(x[before], x[i], x[i + 1], x[after], t), Curve(y[before], y[i], y[i + 1], y[after], t),
                        pressure[i] + t * (pressure[i + 1] - pressure[i]));
                }
            }

            Add(x[end - 1], y[end - 1], pressure[end - 1]);
            _ends[_strokes++] = _count;
            first = end;
        }
    }

    /// <summary>The cubic through b and c whose slopes there are half of c - a and of d - b.</summary>
    private static double Curve(double a, double b, double c, double d, double t) =>
        b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

    private void Add(double x, double y, double pressure)
    {
        (_x[_count], _y[_count], _pressure[_count]) = (x, y, pressure);
        _count++;
    }

    /// <summary>
    /// Displaces the figure as a sheet of rubber whose nine handles (three by three) are pulled at random;
    /// quadratic Bézier weights keep the sheet smooth.
    /// </summary>
    private void Bend()
    {
        Span<double> pullX = stackalloc double[9], pullY = stackalloc double[9], u = stackalloc double[3], v = stackalloc double[3];
        for (int i = 0; i < 9; i++) (pullX[i], pullY[i]) = (0.09 * _random.Bell(), 0.09 * _random.Bell());
        double halves = 0.16 * _random.Bell(); // the middle row goes down or up: the upper or the lower half grows
        for (int i = 0; i < 9; i++) pullY[i] += i / 3 == 1 ? halves : 0;
        for (int i = 0; i < _count; i++)
        {
            Weights(_x[i] / 0.8, u);
            Weights(_y[i], v);
            for (int j = 0; j < 9; j++)
            {
                _x[i] += u[j % 3] * v[j / 3] * pullX[j];
                _y[i] += u[j % 3] * v[j / 3] * pullY[j];
            }
        }
    }

    private static void Weights(double t, Span<double> weights) =>
        (weights[0], weights[1], weights[2]) = ((1 - t) * (1 - t), 2 * t * (1 - t), t * t);

    /// <summary>Width, slant and rotation of the whole figure.</summary>
    private void Tilt()
    {
        double width = _random.Uniform(0.72, 1.3), slant = 0.15 + 0.22 * _random.Bell(), angle = 0.1 * _random.Bell();
        double sine = angle * (1 - angle * angle / 6), cosine = Math.Sqrt(1 - sine * sine);
        for (int i = 0; i < _count; i++)
        {
            double y = _y[i] - 0.5, x = width * (_x[i] - 0.4) - slant * y;
            _x[i] = cosine * x - sine * y;
            _y[i] = sine * x + cosine * y;
        }
    }

    private void Ink(Span<byte> pixels)
    {
        double radius = _random.Uniform(0.8, 1.8), edge = _random.Uniform(0.9, 1.6);
        Frame(Box * _random.Uniform(0.93, 1.03) - 2 * radius);

        DigitPen pen = new(stackalloc float[Size * Size], edge);
        int first = 0;
        for (int stroke = 0; stroke < _strokes; stroke++)
        {
            for (int i = first; i + 1 < _ends[stroke]; i++)
                pen.Draw(_x[i], _y[i], radius * _pressure[i], _x[i + 1], _y[i + 1], radius * _pressure[i + 1]);
            first = _ends[stroke];
        }

        double strength = _random.Uniform(0.95, 1.2), grain = _random.Uniform(0, 0.08);
        for (int i = 0; i < pixels.Length; i++)
        {
            float ink = pen.Ink(i);
            double gray = ink == 0 ? 0 : ink * (strength + grain * _random.Bell());
            pixels[i] = (byte)Math.Clamp(255 * gray + 0.5, 0, 255);
        }
    }

    /// <summary>Scales the path to a box of the given size and puts its center of mass near the middle of the image.</summary>
    private void Frame(double box)
    {
        double left = double.MaxValue, right = double.MinValue, top = double.MaxValue, bottom = double.MinValue;
        double mass = 1e-9, massX = 0, massY = 0;
        for (int i = 0, stroke = 0; i < _count; i++)
        {
            (left, right) = (Math.Min(left, _x[i]), Math.Max(right, _x[i]));
            (top, bottom) = (Math.Min(top, _y[i]), Math.Max(bottom, _y[i]));
            if (i + 1 == _ends[stroke])
            {
                stroke++;
                continue;
            }

            double dx = _x[i + 1] - _x[i], dy = _y[i + 1] - _y[i], length = Math.Sqrt(dx * dx + dy * dy);
            mass += length;
            massX += length * (_x[i] + 0.5 * dx);
            massY += length * (_y[i] + 0.5 * dy);
        }

        double scale = box / Math.Max(right - left, bottom - top), middle = 0.5 * (Size - 1);
        double shiftX = middle + 0.45 * _random.Bell() - scale * massX / mass,
            shiftY = middle + 0.45 * _random.Bell() - scale * massY / mass;
        for (int i = 0; i < _count; i++) (_x[i], _y[i]) = (scale * _x[i] + shiftX, scale * _y[i] + shiftY);
    }
}
