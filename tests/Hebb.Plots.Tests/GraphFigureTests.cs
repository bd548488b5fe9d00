using System.Xml.Linq;
using Hebb.Plots;

namespace Hebb.Plots.Tests;

public class GraphFigureTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void BoxesAndLinesAreWellFormedXml()
    {
        GraphFigure figure = new(
            200, 100,
            [new FigureBox(BoxLook.Argument, 10, 10, 80, 42, "a < b & \"c\"", ["detail\u0001"], "hint"),
                new FigureBox(BoxLook.Gradient, 10, 70, 80, 28, "∂", [], "")],
            [new FigureLine(LineLook.Value, [(50, 52), (60, 70)], "2", "x"), new FigureLine(LineLook.Link, [(40, 52), (40, 70)], "", "")]);
        XElement svg = XDocument.Parse(figure.ToSvg()).Root!;
        Assert.Equal(s_svg + "svg", svg.Name);
        string[] texts = [.. svg.Descendants(s_svg + "text").Select(text => text.Value)];
        Assert.Contains("a < b & \"c\"", texts);
        Assert.Contains("detail?", texts);
        Assert.Contains("∂", texts);
        Assert.Equal(["gradient", "argument"], svg.Descendants(s_svg + "text").Where(text => (string?)text.Attribute("class") == "key")
            .Select(text => text.Value));
        string[] classes = [.. svg.Descendants(s_svg + "path").Select(path => (string)path.Attribute("class")!)];
        Assert.Equal(["link", "value", "value-tip"], classes);
        Assert.Contains("M50 52C50 61 60 61 60 70", svg.Descendants(s_svg + "path").Select(path => (string)path.Attribute("d")!));
    }

    [Fact]
    public void AnEmptyFigureIsAPicture() => Assert.Equal(s_svg + "svg", XDocument.Parse(new GraphFigure(0, 0, [], []).ToSvg()).Root!.Name);
}
