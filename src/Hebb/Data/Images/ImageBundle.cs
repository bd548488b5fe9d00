using Hebb.Files;

namespace Hebb.Data;

/// <summary>Images and labels as a parted data set.</summary>
/// <param name="Name">The set's name.</param>
/// <param name="Channels">1 or 3.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Levels">The largest value of a pixel.</param>
/// <param name="Classes">The names of the classes.</param>
internal sealed record ImageBundle(string Name, int Channels, int Height, int Width, int Levels, IReadOnlyList<string> Classes)
{
    /// <summary>Parts a training file by the seed of the options; another file tests.</summary>
    public DataBundle Make((byte[] Pixels, byte[] Labels) train, (byte[] Pixels, byte[] Labels) test, DataOptions options)
    {
        (int[] fitted, int[] validation) = Splits.LastTenth(train.Labels.Length, options.SplitSeed);
        ImageEncoding encoding = Encoding(train.Pixels, fitted, options);
        ImageDataset all = new(train.Pixels, train.Labels, Classes, encoding);
        ImageDataset tested = new(test.Pixels, test.Labels, Classes, encoding);
        return new DataBundle(Name, new Subset(all, fitted), new Subset(all, validation), tested) { Images = encoding };
    }

    /// <summary>The encoding of the options, which must be of this size, or one fitted to the given images.</summary>
    public ImageEncoding Encoding(byte[] pixels, int[] samples, DataOptions options)
    {
        Shape shape = [Channels, Height, Width];
        if (options.Images is not null && (options.Images.Shape != shape || options.Images.Levels != Levels))
            throw new FormatException($"The images of '{Name}' are {shape} with values to {Levels}, "
                + $"and the model expects {options.Images.Shape} with values to {options.Images.Levels}; give images of that size.");
        return options.Images ?? ImageEncoding.Fit(pixels, samples, Channels, Height, Width, Levels) with
        {
            Resizes = options.ImageSize is not null,
            Background = options.Background,
        };
    }

    /// <summary>Checks an images file against its labels.</summary>
    public (byte[] Pixels, byte[] Labels) Check(string imagesFile, TypedArray images, string labelsFile, TypedArray labels)
    {
        int[] shape = Channels == 1 ? [labels.Count, Height, Width] : [labels.Count, Channels, Height, Width];
        if (images.Type != ElementType.UInt8 || !images.Shape.SequenceEqual(shape))
            throw new FormatException(
                $"'{imagesFile}' holds {images}, and '{labelsFile}' asks for UInt8[{InvariantText.Join(", ", shape)}]; "
                + "give the files that belong together.");
        if (labels.Type != ElementType.UInt8 || labels.Shape.Length != 1)
            throw new FormatException($"'{labelsFile}' holds {labels}, and labels are UInt8 with one axis; give a file of labels.");
        int wrong = labels.Values<byte>().IndexOfAnyExceptInRange((byte)0, (byte)(Classes.Count - 1));
        if (wrong >= 0)
            throw new FormatException($"'{labelsFile}' has the label {labels.Values<byte>()[wrong]} at {wrong}, "
                + $"and '{Name}' has the classes 0 to {Classes.Count - 1}; give its own labels.");
        return (images.Bytes.ToArray(), labels.Bytes.ToArray());
    }
}
