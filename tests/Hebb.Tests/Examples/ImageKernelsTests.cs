namespace Hebb.Tests.Examples;

/// <summary>
/// The classical kernels of image processing on a patch of a photograph, 9 x 9 gray values with a dark edge across and a bright region on
/// the right.
/// </summary>
public class ImageKernelsTests
{
    private static readonly Tensor s_patch = Tensor.From<double>(
    [
        88, 82, 84, 88, 85, 83, 80, 93, 102, 88, 80, 78, 80, 80, 78, 73, 94, 100, 85, 79, 80, 78, 77, 74, 65, 91, 99,
        38, 35, 40, 35, 39, 74, 77, 70, 65, 20, 25, 23, 28, 37, 69, 64, 60, 57, 22, 26, 22, 28, 40, 65, 64, 59, 34,
        24, 28, 24, 30, 37, 60, 58, 56, 66, 21, 22, 23, 27, 38, 60, 67, 65, 67, 23, 22, 22, 25, 38, 59, 64, 67, 66,
    ], [1, 1, 9, 9]);

    public static TheoryData<string, double[], double> AtTheCenter => new()
    {
        { "identity", [0, 0, 0, 0, 1, 0, 0, 0, 0], 37 },
        { "box", [1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0, 1 / 9.0], 46.111111 },
        { "Gaussian", [1 / 16.0, 2 / 16.0, 1 / 16.0, 2 / 16.0, 4 / 16.0, 2 / 16.0, 1 / 16.0, 2 / 16.0, 1 / 16.0], 43.875 },
        { "sharpen", [0, -1, 0, -1, 5, -1, 0, -1, 0], 9 },
        { "Laplacian", [0, 1, 0, 1, -4, 1, 0, 1, 0], 28 },
        { "Laplacian of eight neighbors", [-1, -1, -1, -1, 8, -1, -1, -1, -1], -82 },
        { "Sobel x", [-1, 0, 1, -2, 0, 2, -1, 0, 1], 158 },
        { "Sobel y", [-1, -2, -1, 0, 0, 0, 1, 2, 1], -14 },
        { "Prewitt x", [-1, 0, 1, -1, 0, 1, -1, 0, 1], 117 },
        { "Prewitt y", [-1, -1, -1, 0, 0, 0, 1, 1, 1], -15 },
        { "emboss", [-2, -1, 0, -1, 1, 1, 0, 1, 2], 139 },
    };

    [Theory, MemberData(nameof(AtTheCenter))]
    public void KernelsAtTheCenter(string name, double[] kernel, double expected)
    {
        Tensor map = Apply(s_patch, kernel);
        Assert.Equal([1, 1, 7, 7], map.Shape);
        Assert.Equal(expected, map[0, 0, 3, 3].Item(), 1e-6);
        if (name == "sharpen") Assert.Equal(-10, map[0, 0, 2, 2].Item());
        if (name == "Sobel y") Assert.Equal([-230.0, -218, -197, -135, -51, -38, -105], map[0, 0, 2].ToArray<double>());
    }

    [Fact]
    public void TheMeanOfThePatch() => Assert.Equal(57.271605, s_patch.Mean().Item(), 1e-6);

    [Theory, MemberData(nameof(AtTheCenter))]
    public void AConstantImageStaysOrVanishesByTheSumOfTheKernel(string name, double[] kernel, double expected)
    {
        Tensor map = Apply(Tensor.Full([1, 1, 5, 5], 100, DType.Float64), kernel);
        Assert.All(map.ToArray<double>(), value => Assert.Equal(100 * kernel.Sum(), value, 1e-9));
        Assert.True(Math.Abs(kernel.Sum() - Math.Round(kernel.Sum())) < 1e-12, $"{name}, {expected}");
    }

    private static Tensor Apply(Tensor image, double[] kernel) => image.Conv2d(Tensor.From(kernel, [1, 1, 3, 3]));
}
