using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;

namespace Hebb.Tests.Graphs;

public class GraphDrawingTests
{
    private static readonly TensorSpec Three = new(DType.Float32, [3]);

    public static TheoryData<string> Functions => ["empty", "dense", "lenet", "second", "fan"];

    private static GraphDrawing Draw(string function) => function switch
    {
        "empty" => Graph.Trace(x => x, Three).Draw(),
        "dense" => Record(
            new Linear(3, 2), new MseLoss().Forward, new TensorSpec(DType.Float32, [4, 3]), new TensorSpec(DType.Float32, [4, 2])),
        "lenet" => Record(
            ReadyModels.Build("lenet-bn", [1, 28, 28], 10), new CrossEntropyLoss().Forward, new TensorSpec(DType.Float32, [8, 1, 28, 28]),
            new TensorSpec(DType.Int64, [8])),
        "second" => Graph.Trace(x =>
        {
            x.Track();
            Tensor slope = Gradient.Of((x * x * x.Tanh()).Sum(), x, createGraph: true);
            return Gradient.Of(slope.Sum(), x);
        }, Three).Draw(),
        _ => Graph.Trace(x => Enumerable.Range(0, 12).Select(i => (x * x).Exp()).Aggregate((a, b) => a + b * x), Three).Draw(),
    };

    private static GraphDrawing Record(Module model, Func<Tensor, Tensor, Tensor> loss, TensorSpec input, TensorSpec target)
    {
        ModelGraph recorded = ModelGraph.OfTraining(model, loss, input, target);
        return recorded.Graph.Draw(recorded.Names);
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void BoxesLieInsideAndApart(string function)
    {
        GraphDrawing drawing = Draw(function);
        foreach (GraphBox box in drawing.Boxes)
        {
            Assert.True(
                box.Left >= 0 && box.Top >= 0 && box.Left + box.Width <= drawing.Width && box.Top + box.Height <= drawing.Height,
                $"{box} is outside.");
            Assert.All(drawing.Boxes.Where(other => other != box && !ReferenceEquals(other, box)), other => Assert.False(
                box.Left < other.Left + other.Width && other.Left < box.Left + box.Width && box.Top < other.Top + other.Height
                    && other.Top < box.Top + box.Height,
                $"{box} overlaps {other}."));
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void LinesRunFromBoxToBoxAndThroughNone(string function)
    {
        GraphDrawing drawing = Draw(function);
        foreach (GraphLine line in drawing.Lines)
        {
            GraphBox from = drawing.Boxes[line.From], to = drawing.Boxes[line.To];
            bool isDown = from.Top < to.Top;
            Assert.Equal(isDown ? from.Top + from.Height : from.Top, line.Points[0].Y, 6);
            Assert.Equal(isDown ? to.Top : to.Top + to.Height, line.Points[^1].Y, 6);
            Assert.InRange(line.Points[0].X, from.Left, from.Left + from.Width);
            Assert.InRange(line.Points[^1].X, to.Left, to.Left + to.Width);
            foreach (((double ax, double ay), (double bx, double by)) in line.Points.Zip(line.Points.Skip(1)))
            {
                // A swing stays within the rectangle of its ends.
                Assert.DoesNotContain(drawing.Boxes, box => Math.Min(ax, bx) < box.Left + box.Width && box.Left < Math.Max(ax, bx) + 1e-9
                    && Math.Min(ay, by) + 1e-6 < box.Top + box.Height && box.Top < Math.Max(ay, by) - 1e-6);
            }
        }
    }

    [Fact]
    public void TheFunctionGoesDownAndItsGradientUp()
    {
        GraphDrawing drawing = Draw("lenet");
        Assert.All(drawing.Lines.Where(line => line.Kind == GraphLineKind.Gradient), line =>
            Assert.True(drawing.Boxes[line.From].Top > drawing.Boxes[line.To].Top));
        Assert.All(
            drawing.Lines.Where(
                line => line.Kind == GraphLineKind.Value && drawing.Boxes[line.To].Kind is GraphBoxKind.Operator or GraphBoxKind.View),
            line => Assert.True(drawing.Boxes[line.From].Top < drawing.Boxes[line.To].Top));
    }

    /// <summary>Twice the layers are twice the corners: no line to an update passes the rows of other layers.</summary>
    [Fact]
    public void APictureGrowsWithItsLayers()
    {
        (int Corners, double Width) few = Size(6), many = Size(12);
        Assert.InRange(many.Corners, few.Corners, 2.2 * few.Corners);
        Assert.InRange(many.Width, few.Width, 2.2 * few.Width);

        static (int Corners, double Width) Size(int layers)
        {
            Module model = ReadyModels.Build($"[fc4 relu]*{layers} fc", [4], 2);
            ModelGraph step = ModelGraph.OfTraining(
                model, new CrossEntropyLoss(), new TensorSpec(DType.Float32, [8, 4]), ReadyOptimizers.Make("adam", model));
            GraphDrawing drawing = step.Graph.Draw(step.Names);
            foreach (GraphLine line in drawing.Lines.Where(line => drawing.Boxes[line.To].Kind == GraphBoxKind.Effect))
                Assert.Equal(4, line.Points.Count);
            return (drawing.Lines.Sum(line => line.Points.Count), drawing.Width);
        }
    }

    [Fact]
    public void NodesArgumentsParametersResultsAndLinksAreDrawn()
    {
        GraphDrawing drawing = Draw("dense");
        Assert.Equal(["input", "target"], drawing.Boxes.Where(box => box.Kind == GraphBoxKind.Argument).Select(box => box.Title));
        Assert.Contains("weight", drawing.Boxes.Where(box => box.Kind == GraphBoxKind.Outside).Select(box => box.Title));
        Assert.Equal(["loss", "∂loss/∂weight", "∂loss/∂bias"],
            drawing.Boxes.Where(box => box.Kind == GraphBoxKind.Result).Select(box => box.Title));
        GraphBox linear = drawing.Boxes.Single(box => box.Title == "Linear");
        Assert.Contains(drawing.Lines, line => line.Kind == GraphLineKind.Link && drawing.Boxes[line.From] == linear
            && drawing.Boxes[line.To].Details.Contains("gradient of %0 Linear"));
        Assert.Equal([1, 2, 3], drawing.Lines.Where(line => drawing.Boxes[line.To] == linear).Select(line => line.Operand));
    }
}
