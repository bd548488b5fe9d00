namespace Hebb.Tests.Reference;

/// <summary>That the files are whole and the reader reads them; what they say of Hebb is tested beside each layer, loss and rule.</summary>
public class ReferenceFileTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(ReferenceFile.Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!)];

    [Theory, MemberData(nameof(Files))]
    public void EveryArrayFillsItsShape(string file)
    {
        foreach (var item in ReferenceFile.Load(file).Cases)
        {
            Assert.NotEmpty(item.Outputs);
            foreach (var array in new[] { item.Inputs, item.Outputs, item.Upstream, item.Gradients }.SelectMany(a => a.Values))
            {
                Assert.Equal(array.Shape.Aggregate(1, (a, b) => a * b), array.Doubles.Length);
                Assert.All(array.Doubles, x => Assert.True(double.IsFinite(x), $"{array} holds {x}"));
            }
            foreach (var (name, upstream) in item.Upstream) Assert.Equal(item.Outputs[name].Shape, upstream.Shape);
            foreach (var (name, gradient) in item.Gradients) Assert.Equal(item.Inputs[name].Shape, gradient.Shape);
            Assert.Equal(item.Upstream.Count == 0, item.Gradients.Count == 0);
        }
    }

    [Fact]
    public void ADenseLayerWorkedOutByHandAgrees()
    {
        var item = ReferenceFile.Case("layers", "linear");
        Assert.Equal("Linear", item.Op);
        Assert.True(item.Flag("bias"));
        int rows = item.Inputs["input"].Shape[0], from = item.Inputs["weight"].Shape[1], to = item.Inputs["weight"].Shape[0];
        double[] x = item.Inputs["input"].Doubles, w = item.Inputs["weight"].Doubles, b = item.Inputs["bias"].Doubles;
        double[] u = item.Upstream["output"].Doubles;
        double[] y = new double[rows * to], dw = new double[to * from], db = new double[to];
        for (int r = 0; r < rows; r++)
            for (int o = 0; o < to; o++)
            {
                y[r * to + o] = b[o];
                db[o] += u[r * to + o];
                for (int i = 0; i < from; i++)
                {
                    y[r * to + o] += x[r * from + i] * w[o * from + i];
                    dw[o * from + i] += u[r * to + o] * x[r * from + i];
                }
            }
        item.Outputs["output"].AssertNear(y, 1e-14);
        item.Gradients["weight"].AssertNear(dw, 1e-14);
        item.Gradients["bias"].AssertNear(db, 1e-14);
    }

    [Fact]
    public void InputsOfLayersAreExactInFloat32()
    {
        foreach (var item in ReferenceFile.Load("layers").Cases)
            foreach (var array in item.Inputs.Values)
                Assert.All(array.Doubles, x => Assert.Equal(x, (float)x));
    }

    [Fact]
    public void NamesListsTheCasesOfAnOpAndRefusesAnUnknownOne()
    {
        Assert.Contains("conv_groups", ReferenceFile.Names("layers", "Conv2d").Select(row => row.Data));
        Assert.Contains("Convolution", Assert.Throws<ArgumentException>(() => ReferenceFile.Names("layers", "Convolution")).Message);
        Assert.Contains("linear_3d", Assert.Throws<KeyNotFoundException>(() => ReferenceFile.Case("layers", "none")).Message);
    }

    [Fact]
    public void AssertNearNamesTheWorstElementAndRefusesNaN()
    {
        var array = ReferenceFile.Case("layers", "linear").Outputs["output"];
        array.AssertNear(array.Doubles, 0);
        array.AssertNear(array.Floats(), 1e-6);
        double[] off = [.. array.Doubles];
        off[2] += 1e-3;
        off[7] -= 1;
        string message = Assert.ThrowsAny<Exception>(() => array.AssertNear(off, 1e-6)).Message;
        Assert.Contains("linear: outputs.output: element 7 of [3, 4]", message);
        off[1] = double.NaN;
        Assert.Contains("element 1", Assert.ThrowsAny<Exception>(() => array.AssertNear(off, 1e-6)).Message);
        Assert.ThrowsAny<Exception>(() => array.AssertNear(off.AsSpan(1), 1e-6));
    }
}
