using Hebb.Data;

namespace Hebb.Tests.Data;

public class TokenizersTests
{
    [Theory]
    [InlineData("words", "  A fine\tfilm .\u00a0Éclat ", "a|fine|film|.|éclat")]
    [InlineData("cased-words", "A fine film", "A|fine|film")]
    [InlineData("characters", "Ab é🎬", "A|b| |é|🎬")]
    [InlineData("lower-characters", "AB", "a|b")]
    [InlineData("words", " ", "")]
    public void Texts_are_cut(string name, string text, string tokens)
    {
        ITokenizer tokenizer = Tokenizers.Named(name);
        Assert.Equal(name, tokenizer.Name);
        Assert.Equal(tokens, string.Join('|', tokenizer.Split(text)));
    }

    [Fact]
    public void A_lone_surrogate_is_a_token_like_any_other() => Assert.Equal(["\uFFFD", "a"], new CharacterTokenizer().Split("\uD83Da"));

    [Fact]
    public void Names_lead_to_their_tokenizers_and_back()
    {
        Assert.Equal(Tokenizers.Names, Tokenizers.Names.Select(name => Tokenizers.Named(name).Name));
        Assert.Equal([new WordTokenizer(), new CharacterTokenizer()],
            (ITokenizer[])[Tokenizers.Named("words"), Tokenizers.Named("characters")]);
        Assert.Contains(
            "choose one of words", Assert.Throws<ArgumentException>(() => Tokenizers.Named("syllables")).Message, StringComparison.Ordinal);
    }
}
