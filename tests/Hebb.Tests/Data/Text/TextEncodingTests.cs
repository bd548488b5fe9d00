using Hebb.Data;

namespace Hebb.Tests.Data;

public class TextEncodingTests
{
    private static readonly string[] s_texts = ["the cat sat", "The dog", "the mouse and the cheese", "never seen words"];

    [Fact]
    public void Vocabulary_and_length_come_from_the_training_part_alone()
    {
        TextEncoding encoding = TextEncoding.Fit(s_texts, [0, 1, 2]);
        Assert.Equal(["<padding>", "<other>", "the", "and", "cat", "cheese", "dog", "mouse", "sat"], encoding.Vocabulary.Words);
        Assert.Equal(5, encoding.Length);
        Tensor tokens = encoding.Encode(s_texts);
        Assert.Equal([4, 5], tokens.Shape);
        Assert.Equal([2L, 4, 8, 0, 0], tokens.ToArray<long>()[..5]);
        Assert.Equal([1L, 1, 1, 0, 0], tokens.ToArray<long>()[15..]);
    }

    [Fact]
    public void Long_texts_are_cut_and_rare_tokens_share_a_number()
    {
        TextEncoding encoding = TextEncoding.Fit(s_texts, [0, 1, 2], new TextOptions { AtLeast = 2, Length = 2 });
        Assert.Equal(3, encoding.Vocabulary.Count);
        Assert.Equal([2L, 1, 2, 1], encoding.Encode(s_texts[1..3]).ToArray<long>());
        Assert.Equal(4, TextEncoding.Fit(s_texts, [0, 1, 2], new TextOptions { Most = 2 }).Vocabulary.Count);
        TextEncoding characters = TextEncoding.Fit(s_texts, [0], new TextOptions { Tokenizer = new CharacterTokenizer() });
        Assert.Equal(11, characters.Length);
    }

    [Fact]
    public void One_text_of_two_hundred_may_be_longer_than_an_input()
    {
        string[] texts = [.. Enumerable.Range(0, 400).Select(i => string.Join(' ', Enumerable.Repeat("word", i < 398 ? 3 : 90)))];
        Assert.Equal(3, TextEncoding.Fit(texts, [.. Enumerable.Range(0, 400)]).Length);
        Assert.Equal(90, TextEncoding.Fit(texts, [.. Enumerable.Range(200, 200)]).Length);
        Assert.Equal(512, TextEncoding.Fit([string.Join(' ', Enumerable.Repeat("word", 10_000))], [0]).Length);
        Assert.Equal(1, TextEncoding.Fit([""], [0]).Length);
    }

    [Fact]
    public void An_encoding_reads_back_as_it_was()
    {
        TextEncoding encoding = TextEncoding.Fit(s_texts, [0, 1, 2]), read = TextEncoding.FromJson(encoding.ToJson());
        Assert.Equal(encoding.Encode(s_texts).ToArray<long>(), read.Encode(s_texts).ToArray<long>());
        Assert.Equal(encoding.Tokenizer, read.Tokenizer);
        Assert.Equal(encoding.ToJson(), read.ToJson());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"tokenizer":"syllables","length":3,"words":["a"]}""")]
    [InlineData("""{"tokenizer":"words","length":0,"words":["a"]}""")]
    [InlineData("""{"tokenizer":"words","length":1000000000,"words":["a"]}""")]
    [InlineData("""{"tokenizer":"words","length":3,"words":["a","a"]}""")]
    [InlineData("""{"tokenizer":"words","length":3,"words":[null]}""")]
    public void Damaged_encodings_are_refused(string json) => Assert.Throws<FormatException>(() => TextEncoding.FromJson(json));

    [Fact]
    public void A_tokenizer_of_ones_own_is_given_back_on_reading()
    {
        TextEncoding encoding = TextEncoding.Fit(["a,b", "b"], [0, 1], new TextOptions { Tokenizer = new CommaTokenizer() });
        Assert.Throws<FormatException>(() => TextEncoding.FromJson(encoding.ToJson()));
        Assert.Throws<FormatException>(() => TextEncoding.FromJson(encoding.ToJson(), new WordTokenizer()));
        Assert.Equal([3L, 2], TextEncoding.FromJson(encoding.ToJson(), new CommaTokenizer()).Encode(["a,b"]).ToArray<long>());
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Contains(
            "hasPadding", Assert.Throws<ArgumentException>(() => new TextEncoding(new WordTokenizer(), new Vocabulary(["a"]), 3)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TextEncoding(new WordTokenizer(), new Vocabulary(["a"], hasPadding: true), 0));
    }

    private sealed class CommaTokenizer : ITokenizer
    {
        public string Name => "commas";

        public IEnumerable<string> Split(string text) => text.Split(',');
    }
}
