namespace Hebb.Tests.Layers;

using Hebb.Layers;

public class ModuleFilesTests
{
    private static Sequential Net() => [new Conv2d(1, 2, 3), new BatchNorm2d(2)];

    [Fact]
    public void AFileHoldsTheWholeStateAndTheSameValuesGiveTheSameBytes()
    {
        string folder = Directory.CreateTempSubdirectory("hebb").FullName;
        try
        {
            string path = Path.Combine(folder, "net.safetensors"), again = Path.Combine(folder, "again.safetensors");
            Sequential net = Net(), other = Net();
            net.Initialize(4);
            net.Forward(Tensor.Full([2, 1, 4, 4], 0.5));
            net.Save(path, new Dictionary<string, string> { ["made"] = "by a test" });
            Assert.True(other.Load(path).IsComplete);
            Assert.Equal(net.StateDict().Select(pair => pair.Value.ToString()), other.StateDict().Select(pair => pair.Value.ToString()));
            other.Save(again, new Dictionary<string, string> { ["made"] = "by a test" });
            Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));
            Assert.Throws<ArgumentException>(() => new Sequential(new PRelu()).Load(path));
            Assert.Equal(6, new Sequential(new PRelu()).Load(path, strict: false).Unexpected.Count);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Weights of half precision, and a count of 32 bits, into a model of float32 or float64.</summary>
    [Theory]
    [InlineData("F16", new byte[] { 0x00, 0x3e, 0x01, 0x80 }, new[] { 1.5, -1.0 / (1 << 24) })]
    [InlineData("BF16", new byte[] { 0xc0, 0x3f, 0x80, 0xc0 }, new[] { 1.5, -4.0 })]
    public void WeightsOfHalfPrecisionAreLoadedExactly(string type, byte[] half, double[] values)
    {
        string json = $$$"""
            {"bias":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[0,4]},
            "num_batches_tracked":{"dtype":"I32","shape":[],"data_offsets":[4,8]},
            "running_mean":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[8,12]},
            "running_var":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[12,16]},
            "weight":{"dtype":"{{{type}}}","shape":[2],"data_offsets":[16,20]}}
            """;
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. BitConverter.GetBytes((long)System.Text.Encoding.UTF8.GetByteCount(json)),
                .. System.Text.Encoding.UTF8.GetBytes(json), .. half, 7, 0, 0, 0, .. half, .. half, .. half]);
            foreach (DType dtype in (DType[])[DType.Float32, DType.Float64])
            {
                Module net = new BatchNorm2d(2).To(dtype);
                Assert.True(net.Load(path).IsComplete);
                foreach ((string name, Tensor value) in net.StateDict())
                {
                    if (name == "num_batches_tracked") Assert.Equal(7, value.ToArray<long>().Single());
                    else Assert.Equal(values, value.Cast(DType.Float64).ToArray<double>());
                }
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
