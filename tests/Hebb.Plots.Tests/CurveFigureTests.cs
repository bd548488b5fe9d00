using System.Globalization;
using System.Xml.Linq;

namespace Hebb.Plots.Tests;

public class CurveFigureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private static XElement Draw(params Curve[] curves) =>
        XDocument.Parse(new CurveFigure(new CurvePanel("loss < 1", "epoch", curves)).ToSvg()).Root!;

    private static string[] Texts(XElement svg, string kind) =>
        [.. svg.Descendants(s_svg + "text").Where(text => (string?)text.Attribute("class") == kind).Select(text => text.Value)];

    private static string PathOf(XElement svg, string look) => svg.Descendants(s_svg + "path")
        .Where(path => (string?)path.Attribute("class") == look).Select(path => (string)path.Attribute("d")!).Last();

    [Fact]
    public void CurvesHaveANameTicksAndALine()
    {
        XElement svg = Draw(new Curve("training", [(1, 0.2), (2, 0.1), (3, 0)]), new Curve("validation", [(1, 0.3), (2, 0.2), (3, 0.25)]));
        Assert.Equal(["loss < 1"], Texts(svg, "title"));
        Assert.Equal(["training", "validation"], Texts(svg, "key"));
        Assert.Equal(["0", "0.05", "0.1", "0.15", "0.2", "0.25", "0.3"], Texts(svg, "left"));
        Assert.Equal(["1", "2", "3", "epoch"], Texts(svg, "middle"));
        Assert.Equal("M58 110L220 168L382 226", PathOf(svg, "curve0"));
        Assert.Equal("M58 52L220 110L382 81", PathOf(svg, "curve1"));
        Assert.Equal(6, svg.Descendants(s_svg + "circle").Count());
    }

    [Fact]
    public void WhatIsNotFiniteBreaksACurve()
    {
        XElement svg = Draw(new Curve("c", [(0, 0), (1, double.NaN), (2, 1), (3, 2), (4, double.PositiveInfinity), (5, 4)]));
        Assert.Equal("M58 226M187.6 182.5L252.4 139M382 52", PathOf(svg, "curve0"));
    }

    [Theory]
    [InlineData(0, 0), InlineData(5, 5), InlineData(-3, -3), InlineData(1e299, 1e299), InlineData(0, 1e-300), InlineData(-1e299, 1e299)]
    [InlineData(1, 1.0000000001), InlineData(0.001, 1234567)]
    public void AnyRangeIsAPicture(double low, double high)
    {
        XElement svg = Draw(new Curve("c", [(low, low), (high, high)]), new Curve("none", []));
        Assert.InRange(Texts(svg, "left").Length, 1, 12);
        Assert.All(svg.Descendants(s_svg + "circle"), circle =>
            Assert.InRange(double.Parse((string)circle.Attribute("cy")!, CultureInfo.InvariantCulture), 52, 226));
    }
}
