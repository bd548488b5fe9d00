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
}
