using Hebb.Data;
using Hebb.Files;
using Hebb.Layers;

namespace Hebb.Diagnostics;

/// <summary>
/// The weights into each unit of a model's first layer as pictures. Of all inputs of one length, the one with the shape of its weights
/// drives such a unit most (Cauchy and Schwarz), so that the picture shows what the unit looks for: edges and patches in a network that has
/// learned to see, noise in one that has not.
/// </summary>
public static class FirstFilters
{
    /// <summary>
    /// The pictures as numbers: [units, rows, columns], or [units, 3, rows, columns] where the images have three channels.
    /// </summary>
    /// <param name="model">A model whose first layer with weights is a convolution of images or a dense layer.</param>
    /// <param name="image">The shape of one input, [channels, rows, columns] or [rows, columns]; needed for a dense layer.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the shape does not fit it.</exception>
    public static Tensor Of(Module model, Shape? image = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        WeightedLayer first = model.NamedModules().Select(part => part.Value).OfType<WeightedLayer>().FirstOrDefault()
            ?? throw new ArgumentException($"{model.Description} has no dense or convolution layer whose weights could be shown; "
                + "give a model with one.", nameof(model));
        Tensor weight = first.Weight.Detach();
        if (weight.Rank == 2)
        {
            Shape shape = image ?? throw new ArgumentException(
                $"The weights of {first.Description} are rows of {weight.Shape[1]} numbers; "
                + "give the shape of an image, such as [1, 28, 28].", nameof(image));
            if (shape.Rank is not (2 or 3) || shape.Count != weight.Shape[1])
                throw new ArgumentException($"The weights of {first.Description} are rows of {weight.Shape[1]} numbers, "
                    + $"which are no image {shape}; give the shape that the layer sees.", nameof(image));
            weight = weight.Reshape(shape.Insert(0, weight.Shape[0]));
        }
        if (weight.Rank == 3) return weight;
        if (weight.Rank != 4)
            throw new ArgumentException($"The weights of {first.Description} are no images; "
                + "give a model that begins with a convolution of images or a dense layer.", nameof(model));
        // Gray pictures need no axis of channels, and where there are other numbers of channels each is a picture of its own.
        return weight.Shape[1] == 3 ? weight : weight.Reshape(weight.Shape[0] * weight.Shape[1], weight.Shape[2], weight.Shape[3]);
    }

    /// <summary>The pictures on one sheet, each stretched from black to white.</summary>
    /// <param name="model">As for <see cref="Of"/>.</param>
    /// <param name="image">As for <see cref="Of"/>.</param>
    /// <param name="enlargement">Pixels across and down for each weight; 4 by default.</param>
    /// <exception cref="ArgumentException">There is no such layer, or the shape does not fit it.</exception>
    public static Image Sheet(Module model, Shape? image = null, int enlargement = 4) =>
        ImageSheet.Of(Of(model, image), enlargement: enlargement);
}
