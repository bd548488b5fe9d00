using Hebb.Files;

namespace Hebb.Data;

/// <summary>
/// y[i, j] = Bias + Σ x[i + u - r, j + v - c] w[u, v], with (r, c) the middle of the weights: a small picture of weights laid over every
/// pixel of each channel, which blurs, sharpens, finds edges or finds a pattern. The weights are not turned round, and results have the
/// size of the image. Sides are odd, so that there is a middle.
/// </summary>
public sealed class ImageKernel
{
    private readonly double[,] _weights;

    /// <summary>A kernel of one's own.</summary>
    /// <param name="weights">Rows and columns of weights, odd numbers of both.</param>
    /// <exception cref="ArgumentException">A side is even or a weight not finite.</exception>
    public ImageKernel(double[,] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (weights.GetLength(0) % 2 == 0 || weights.GetLength(1) % 2 == 0)
            throw new ArgumentException($"A kernel of {weights.GetLength(0)}x{weights.GetLength(1)} weights was given for images; "
                + "give odd sides, which have a middle.", nameof(weights));
        foreach (double weight in weights)
        {
            if (!double.IsFinite(weight))
                throw new ArgumentException($"A kernel for images has the weight {weight}; give finite numbers.", nameof(weights));
            Sum += weight;
        }
        _weights = (double[,])weights.Clone();
    }

    /// <summary>Leaves the image as it is.</summary>
    public static ImageKernel Identity { get; } = new(new double[,] { { 0, 0, 0 }, { 0, 1, 0 }, { 0, 0, 0 } });

    /// <summary>The mean of a pixel and its eight neighbors.</summary>
    public static ImageKernel BoxBlur { get; } = new ImageKernel(new double[,] { { 1, 1, 1 }, { 1, 1, 1 }, { 1, 1, 1 } }).Normalized();

    /// <summary>A mean in which the nearer pixels weigh more: 1 2 1 across times 1 2 1 down, over 16.</summary>
    public static ImageKernel GaussianBlur { get; } = new ImageKernel(new double[,] { { 1, 2, 1 }, { 2, 4, 2 }, { 1, 2, 1 } }).Normalized();

    /// <summary>Lifts a pixel against its four neighbors; the weights sum to 1, so that flat areas keep their brightness.</summary>
    public static ImageKernel Sharpen { get; } = new(new double[,] { { 0, -1, 0 }, { -1, 5, -1 }, { 0, -1, 0 } });

    /// <summary>The second derivative by the four neighbors; 0 in flat areas.</summary>
    public static ImageKernel Laplacian { get; } = new(new double[,] { { 0, 1, 0 }, { 1, -4, 1 }, { 0, 1, 0 } });

    /// <summary>The second derivative by all eight neighbors, with the other sign: bright points are positive.</summary>
    public static ImageKernel Outline { get; } = new(new double[,] { { -1, -1, -1 }, { -1, 8, -1 }, { -1, -1, -1 } });

    /// <summary>The slope to the right, smoothed down the columns (Sobel and Feldman, 1968).</summary>
    public static ImageKernel SobelX { get; } = new(new double[,] { { -1, 0, 1 }, { -2, 0, 2 }, { -1, 0, 1 } });

    /// <summary>The slope downwards, smoothed along the rows.</summary>
    public static ImageKernel SobelY { get; } = new(new double[,] { { -1, -2, -1 }, { 0, 0, 0 }, { 1, 2, 1 } });

    /// <summary>The slope to the right, smoothed evenly (Prewitt, 1970).</summary>
    public static ImageKernel PrewittX { get; } = new(new double[,] { { -1, 0, 1 }, { -1, 0, 1 }, { -1, 0, 1 } });

    /// <summary>The slope downwards, smoothed evenly.</summary>
    public static ImageKernel PrewittY { get; } = new(new double[,] { { -1, -1, -1 }, { 0, 0, 0 }, { 1, 1, 1 } });

    /// <summary>Light from the upper left: slopes towards the lower right stand out.</summary>
    public static ImageKernel Emboss { get; } = new(new double[,] { { -2, -1, 0 }, { -1, 1, 1 }, { 0, 1, 2 } });

    /// <summary>All ready kernels by their names.</summary>
    public static IReadOnlyDictionary<string, ImageKernel> Ready { get; } = new Dictionary<string, ImageKernel>(StringComparer.Ordinal)
    {
        ["identity"] = Identity,
        ["box-blur"] = BoxBlur,
        ["gaussian-blur"] = GaussianBlur,
        ["sharpen"] = Sharpen,
        ["laplacian"] = Laplacian,
        ["outline"] = Outline,
        ["sobel-x"] = SobelX,
        ["sobel-y"] = SobelY,
        ["prewitt-x"] = PrewittX,
        ["prewitt-y"] = PrewittY,
        ["emboss"] = Emboss,
    };

    /// <summary>
    /// A kernel for images of zeros and ones whose result is above 0, namely 1/2, only where exactly this pattern lies: weights of 1 on its
    /// ones and -1 on its zeros, and a bias of 1/2 less the number of ones.
    /// </summary>
    /// <param name="rows">The pattern, such as "011 001 000": rows of 0 and 1, with spaces between them.</param>
    /// <exception cref="FormatException">The text holds something else, or rows of different lengths.</exception>
    public static ImageKernel Detector(string rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        string[] lines = rows.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || lines.Any(line => line.Length != lines[0].Length || line.AsSpan().ContainsAnyExcept('0', '1')))
            throw new FormatException($"'{rows}' is no pattern of bits; give rows of 0 and 1, equally long, with spaces between them.");
        double[,] weights = new double[lines.Length, lines[0].Length];
        int ones = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            for (int j = 0; j < lines[i].Length; j++)
            {
                weights[i, j] = lines[i][j] == '1' ? 1 : -1;
                ones += lines[i][j] - '0';
            }
        }
        return new ImageKernel(weights) { Bias = 0.5 - ones };
    }

    /// <summary>Rows of weights.</summary>
    public int Rows => _weights.GetLength(0);

    /// <summary>Columns of weights.</summary>
    public int Columns => _weights.GetLength(1);

    /// <summary>One weight.</summary>
    public double this[int row, int column] => _weights[row, column];

    /// <summary>The sum of the weights, by which flat areas are multiplied.</summary>
    public double Sum { get; }

    /// <summary>What is added to every result; 0 by default.</summary>
    public double Bias { get; init; }

    /// <summary>
    /// The weights divided by their sum, which keeps the brightness of flat areas;
    /// kernels that sum to 0, which find edges, stay as they are.
    /// </summary>
    public ImageKernel Normalized()
    {
        double largest = _weights.Cast<double>().Max(Math.Abs);
        if (Math.Abs(Sum) <= 1e-12 * largest) return this;
        double[,] scaled = new double[Rows, Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++) scaled[i, j] = _weights[i, j] / Sum;
        }
        return new ImageKernel(scaled) { Bias = Bias };
    }

    /// <summary>The weights, [rows, columns], for a convolution of one's own.</summary>
    /// <param name="dtype">float32 (the default) or float64.</param>
    public Tensor ToTensor(DType dtype = DType.Float32) => Tensor.From(_weights).Cast(dtype);

    /// <summary>The result for every pixel of every channel, in the shape of the images.</summary>
    /// <param name="images">[..., rows, columns], float32 or float64.</param>
    /// <param name="border">What lies around an image; zeros by default.</param>
    /// <exception cref="ShapeException">There are fewer than two axes, or they hold no floating-point numbers.</exception>
    public Tensor Apply(Tensor images, PadMode border = PadMode.Constant)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (images.Rank < 2 || !images.DType.IsFloat)
            throw new ShapeException(
                $"A kernel of {Rows}x{Columns} weights was laid over {images.Spec}; give float32 or float64 images [..., rows, columns].");
        if (images.Count == 0) return images;
        int height = images.Shape[-2], width = images.Shape[-1], r = Rows / 2, c = Columns / 2;
        Tensor planes = images.Reshape(images.Count / (height * width), 1, height, width).Pad([0, 0, r, c], [0, 0, r, c], border);
        Tensor bias = Tensor.Full([1], Bias, images.DType);
        return planes.Conv2d(ToTensor(images.DType).Reshape(1, 1, Rows, Columns), bias).Reshape(images.Shape);
    }

    /// <summary>The image after the kernel, in every channel but alpha, which stays; results are rounded and clamped to 0 to 255.</summary>
    /// <param name="image">The image.</param>
    /// <param name="border">What lies around it; zeros by default.</param>
    public Image Apply(Image image, PadMode border = PadMode.Constant)
    {
        ArgumentNullException.ThrowIfNull(image);
        Tensor pixels = image.ToTensor(), changed = Apply(pixels, border);
        int alpha = image.Channels - 1;
        return ImageTensors.From(
            image.Channels % 2 == 1 ? changed : Tensor.Concat([changed.Narrow(0, 0, alpha), pixels.Narrow(0, alpha, 1)]));
    }
}
