using Hebb.Data;

namespace Hebb.Tests.Data;

public class VocabularyTests
{
    private static readonly string[][] s_texts = [["the", "cat", "sat"], ["the", "dog", "sat", "down"], ["the", "end"]];

    [Fact]
    public void FrequentWordsHaveNumbersAndAllOthersShareOne()
    {
        Vocabulary vocabulary = Vocabulary.Of(s_texts, most: 3);
        Assert.Equal(["<other>", "the", "sat", "cat"], vocabulary.Words);
        Assert.Equal([1L, 0, 2, 0], vocabulary.Encode(["the", "bird", "sat", "down"]));
        Assert.Equal(["the", "<other>", "cat"], vocabulary.Decode([1, 0, 3]));
        Assert.Equal(["<other>", "the", "sat"], Vocabulary.Of(s_texts, atLeast: 2).Words);
        Assert.Throws<ArgumentOutOfRangeException>(() => vocabulary.Decode([4]));
    }

    [Fact]
    public void TextsOfUnequalLengthAreFilledUpAndMasked()
    {
        Vocabulary vocabulary = Vocabulary.Of(s_texts, hasPadding: true);
        (Tensor numbers, Tensor mask) = vocabulary.EncodeBatch(s_texts, length: 3);
        Assert.Equal([3, 3], numbers.Shape);
        Assert.Equal([0L, 0], (long[])[numbers[2, 2].Item<long>(), vocabulary.Padding!.Value]);
        Assert.Equal([true, true, true, true, true, true, true, true, false], mask.ToArray<bool>());
        Assert.Equal([3, 4], vocabulary.EncodeBatch(s_texts).Numbers.Shape);
        Assert.Equal(1, vocabulary["bird"]);
        Assert.Contains(
            "hasPadding", Assert.Throws<InvalidOperationException>(() => Vocabulary.Of(s_texts).EncodeBatch(s_texts)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AWordHasOneNumber() => Assert.Throws<ArgumentException>(() => new Vocabulary(["a", "b", "a"]));
}
