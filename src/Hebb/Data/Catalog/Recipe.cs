namespace Hebb.Data;

/// <summary>How a data set is trained unless told otherwise: model, passes, batch and update rule. All of it can be overridden.</summary>
/// <param name="Model">The name of a ready model.</param>
/// <param name="Epochs">How often every training sample is visited.</param>
/// <param name="Batch">Samples a step.</param>
/// <param name="Optimizer">The name of an update rule, one of Optim.ReadyOptimizers.</param>
/// <param name="LearningRate">The highest learning rate.</param>
/// <param name="Seed">Splits into the streams of start values, shuffling, dropout and augmentation.</param>
/// <param name="Augment">Random changes of training samples, as <see cref="Augmentations"/> reads them; none by default.</param>
public sealed record Recipe(string Model, int Epochs, int Batch, string Optimizer, double LearningRate, ulong Seed = 0, string Augment = "")
{
    private const int TableSteps = 3000, TextSteps = 850, ImageSteps = 370;

    /// <summary>For images of at least 12 rows and columns.</summary>
    private static readonly Recipe s_images = new("lenet", 8, 64, "adam", 2e-3);

    /// <summary>For images of at least 4 rows and columns.</summary>
    private static readonly Recipe s_smallImages = s_images with { Model = "conv3-32 relu conv3-32 relu pool2 fc128 relu fc" };

    /// <summary>For texts and other tokens.</summary>
    private static readonly Recipe s_texts = new("text-cnn", 8, 64, "adam", 2e-3);

    /// <summary>For rows of a table and all else.</summary>
    private static readonly Recipe s_tables = new("mlp", 15, 64, "adam", 3e-3);

    /// <summary>
    /// What makes up for classes of very different sizes; nothing by default. With either way epochs are compared by the balanced accuracy.
    /// </summary>
    public ClassBalance Balance { get; init; }

    /// <summary>
    /// The recipe that suits a data set: its own if it has one; else LeNet for images that are large enough, fewer convolutions for smaller
    /// ones, a network of word windows for texts, and two hidden layers for anything else; Adam; and so many passes that small tables,
    /// few texts and few images are visited often.
    /// </summary>
    public static Recipe For(DataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Recipe is { } own) return own;
        int batch = Math.Clamp(data.Train.Count / 20, 16, 64), steps = (data.Train.Count + batch - 1) / batch;
        if (data.TokenCount is not null) return s_texts with { Epochs = Math.Clamp(TextSteps / steps, 4, 60), Batch = batch };
        Shape input = data.InputShape;
        int side = input.Rank == 3 ? Math.Min(input[1], input[2]) : 0;
        if (side >= 4)
            return (side >= 12 ? s_images : s_smallImages) with { Epochs = Math.Clamp(ImageSteps / steps, 8, 60), Batch = batch };
        return s_tables with { Epochs = Math.Clamp(TableSteps / steps, 15, 500), Batch = batch };
    }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(Recipe), PrintMembers);
}
