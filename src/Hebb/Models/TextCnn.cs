using Hebb.Layers;

namespace Hebb.Models;

/// <summary>
/// Class scores of texts, int64 tokens [N, T] to [N, outputs]: the vectors of the words, convolutions over windows of several widths, of
/// each filter the largest result over the text, dropout and a dense layer (Kim, Convolutional Neural Networks for Sentence Classification,
/// 2014). Windows are centered at the words of the text, with zeros around it; what stands for no word takes no part, so that a result does
/// not depend on how far a text is filled up.
/// </summary>
public sealed class TextCnn : Module
{
    private readonly int _tokens, _outputs, _padding;
    private readonly TextCnnOptions _options;
    private readonly Embedding _embedding;
    private readonly Conv1dMax[] _convolutions;
    private readonly Dropout _words, _features, _units;
    private readonly Linear _last;

    /// <summary>A network.</summary>
    /// <param name="tokens">How many tokens there are, the padding among them.</param>
    /// <param name="outputs">How many classes.</param>
    /// <param name="options">Sizes and dropout.</param>
    /// <param name="padding">The number that stands for no word; 0 by default, as in a <see cref="Data.Vocabulary"/>.</param>
    public TextCnn(int tokens, int outputs, TextCnnOptions? options = null, int padding = 0)
    {
        (_tokens, _outputs, _padding) = (tokens, outputs, padding);
        _options = options ?? new TextCnnOptions();
        if (_options.Widths.Count == 0)
            throw new ArgumentException("A TextCnn without windows was asked for; give it at least one width.", nameof(options));
        _embedding = Child(new Embedding(tokens, _options.Features, padding, Initializer.Normal(std: _options.Spread)), "embedding");
        _words = Child(new Dropout(_options.WordDropout) { IsPerChannel = true }, "words");
        _features = Child(new Dropout(_options.FeatureDropout), "features");
        _convolutions =
            [.. _options.Widths.Select(width => Child(new Conv1dMax(_options.Features, _options.Filters, width), $"conv{width}"))];
        _units = Child(new Dropout(_options.Dropout), "dropout");
        _last = Child(new Linear(_options.Filters * _convolutions.Length, outputs), "fc");
    }

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank != 2 || x.DType != DType.Int64 || x.Shape[1] == 0)
            throw Misfit(x, "tokens, int64 [N, T]; encode the texts with a TextEncoding");
        Tensor mask = x.NotEqualTo(_padding);
        Tensor words = _features.Forward(_words.Forward(_embedding.Forward(x))).Permute(0, 2, 1);
        Tensor[] found = new Tensor[_convolutions.Length];
        for (int i = 0; i < found.Length; i++) found[i] = _convolutions[i].Forward(MaskedTensor.Zeroed(words, mask)).Values;
        return _last.Forward(_units.Forward(Tensor.Concat(found, 1).Relu()));
    }

    /// <summary>The result for texts with a mask, which says no more than the padding does.</summary>
    protected override MaskedTensor OnForward(MaskedTensor x) => OnForward(x.Values);

    /// <inheritdoc/>
    protected internal override Module New() => new TextCnn(_tokens, _outputs, _options, _padding);
}
