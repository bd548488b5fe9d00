using System.Globalization;
using System.Text;
using static Hebb.Plots.Svg;

namespace Hebb.Plots;

/// <summary>Curves in panels side by side, such as loss and accuracy over the epochs of a training.</summary>
/// <param name="Panels">The panels, from left to right.</param>
public sealed record CurveFigure(params IReadOnlyList<CurvePanel> Panels)
{
    private const double PanelWidth = 400, PanelHeight = 270, Left = 58, Right = 18, Top = 52, Bottom = 44, Letter = 6.7;
    private const int TicksWanted = 5;

    /// <summary>The picture as a text of SVG 1.1, which needs nothing from outside.</summary>
    public string ToSvg()
    {
        StringBuilder svg = new(Open(Math.Max(1, Panels.Count) * PanelWidth, PanelHeight, Style));
        for (int i = 0; i < Panels.Count; i++)
        {
            svg.Append($"<g transform=\"translate({Number(i * PanelWidth)} 0)\">\n");
            Draw(svg, Panels[i]);
            svg.Append("</g>\n");
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static void Draw(StringBuilder svg, CurvePanel panel)
    {
        (double X, double Y)[] drawn = [.. panel.Curves.SelectMany(curve => curve.Points).Where(IsDrawn)];
        Axis x = Axis.Over(drawn.Select(point => point.X), Left, PanelWidth - Right);
        Axis y = Axis.Over(drawn.Select(point => point.Y), PanelHeight - Bottom, Top);
        foreach (double tick in y.Ticks)
        {
            string at = Number(y.Place(tick));
            svg.Append($"<path class=\"grid\" d=\"M{Number(Left)} {at}H{Number(PanelWidth - Right)}\"/>");
            svg.Append($"<text class=\"left\" x=\"{Number(Left - 7)}\" y=\"{Number(y.Place(tick) + 3.5)}\">{y.Text(tick)}</text>\n");
        }
        foreach (double tick in x.Ticks)
        {
            string at = Number(x.Place(tick));
            svg.Append($"<path class=\"tick\" d=\"M{at} {Number(PanelHeight - Bottom)}v4\"/>");
            svg.Append($"<text class=\"middle\" x=\"{at}\" y=\"{Number(PanelHeight - Bottom + 16)}\">{x.Text(tick)}</text>\n");
        }
        svg.Append($"<path class=\"tick\" d=\"M{Number(Left)} {Number(PanelHeight - Bottom)}H{Number(PanelWidth - Right)}\"/>\n");
        svg.Append($"<text class=\"title\" x=\"{Number(Left)}\" y=\"20\">{Escape(panel.Title)}</text>\n");
        svg.Append($"<text class=\"middle\" x=\"{Number((Left + PanelWidth - Right) / 2)}\" y=\"{Number(PanelHeight - 10)}\">"
            + $"{Escape(panel.XName)}</text>\n");
        double key = Left;
        for (int i = 0; i < panel.Curves.Count; i++)
        {
            Curve curve = panel.Curves[i];
            string look = $"curve{i % 4}";
            svg.Append($"<path class=\"{look}\" d=\"M{Number(key)} 36h16\"/>");
            svg.Append($"<text class=\"key\" x=\"{Number(key + 21)}\" y=\"40\">{Escape(curve.Name)}</text>\n");
            key += 21 + Letter * curve.Name.Length + 16;
            Draw(svg, curve, look, x, y);
        }
    }

    /// <summary>A line through the points, broken where one is not finite; dots where there are few.</summary>
    private static void Draw(StringBuilder svg, Curve curve, string look, Axis x, Axis y)
    {
        const int few = 40;
        StringBuilder path = new();
        bool isDown = false;
        foreach ((double X, double Y) point in curve.Points)
        {
            if (IsDrawn(point)) path.Append($"{(isDown ? 'L' : 'M')}{Number(x.Place(point.X))} {Number(y.Place(point.Y))}");
            isDown = IsDrawn(point);
        }
        svg.Append($"<path class=\"{look}\" d=\"{path}\"/>\n");
        if (curve.Points.Count > few) return;
        foreach ((double X, double Y) point in curve.Points.Where(IsDrawn))
            svg.Append($"<circle class=\"{look}\" cx=\"{Number(x.Place(point.X))}\" cy=\"{Number(y.Place(point.Y))}\" r=\"2\"/>\n");
    }

    /// <summary>Beyond 1e300 an axis would be longer than a double can say.</summary>
    private static bool IsDrawn((double X, double Y) point) => Math.Abs(point.X) < 1e300 && Math.Abs(point.Y) < 1e300;

    /// <summary>Numbers on a line of pixels.</summary>
    private sealed record Axis(double Low, double High, double From, double To, double Step)
    {
        public IEnumerable<double> Ticks
        {
            get
            {
                // The ends may lie a rounding error beside a tick.
                double slack = Step * 1e-9;
                for (double tick = Math.Ceiling((Low - slack) / Step) * Step; tick <= High + slack; tick += Step)
                    yield return Math.Abs(tick) < slack ? 0 : tick;
            }
        }

        /// <summary>
        /// An axis that holds all values, with ticks at 1, 2 or 5 times a power of ten; between whole numbers there are none.
        /// </summary>
        public static Axis Over(IEnumerable<double> values, double from, double to)
        {
            (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
            bool areWhole = true;
            foreach (double value in values)
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
                areWhole &= value == Math.Floor(value);
            }
            if (!(low <= high)) (low, high) = (0, 1);
            double range = high - low;
            if (!(range > Math.Abs(high) * 1e-9))
            {
                double room = Math.Max(Math.Abs(low) / 2, 0.5);
                (low, high, range) = (low - room, low + room, 2 * room);
            }
            double power = Math.Pow(10, Math.Floor(Math.Log10(range / TicksWanted))), parts = range / power / TicksWanted;
            double step = power * (parts < 1.5 ? 1 : parts < 3.5 ? 2 : parts < 7.5 ? 5 : 10);
            return new Axis(low, high, from, to, areWhole ? Math.Max(1, step) : step);
        }

        public double Place(double value) => From + (value - Low) / (High - Low) * (To - From);

        public string Text(double tick) => tick.ToString("g4", CultureInfo.InvariantCulture);

    }

    private const string Style = $$"""
        <style>
        text { font-family: {{Font}}; fill: #565c66; font-size: 11px; }
        .title { font-size: 13px; font-weight: 600; fill: #22262c; }
        .left { text-anchor: end; }
        .middle { text-anchor: middle; }
        .paper { fill: #ffffff; }
        .grid { stroke: #e4e6ea; }
        .tick { stroke: #7b828c; }
        path { fill: none; stroke-width: 1; }
        .curve0, .curve1, .curve2, .curve3 { stroke-width: 2; }
        .curve0 { stroke: #2f6db5; }
        .curve1 { stroke: #c8741a; }
        .curve2 { stroke: #2c8a57; }
        .curve3 { stroke: #7a5ab5; }
        circle.curve0 { fill: #2f6db5; }
        circle.curve1 { fill: #c8741a; }
        circle.curve2 { fill: #2c8a57; }
        circle.curve3 { fill: #7a5ab5; }
        </style>

        """;
}

/// <summary>Curves over one axis.</summary>
/// <param name="Title">What the curves show.</param>
/// <param name="XName">What lies along the axis.</param>
/// <param name="Curves">The curves.</param>
public sealed record CurvePanel(string Title, string XName, params IReadOnlyList<Curve> Curves);

/// <summary>A curve; points that are not finite break it.</summary>
/// <param name="Name">What it is called in the key.</param>
/// <param name="Points">Its points, from left to right.</param>
public sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points);
