using System.Globalization;
using Hebb.Layers;

namespace Hebb.Models;

/// <summary>Reads the text of an <see cref="Architecture"/> from left to right.</summary>
internal sealed class ArchitectureParser(string text)
{
    private const int MostLayers = 10_000, MostTimes = 1000, DeepestBrackets = 50, LargestSize = 1_000_000;

    private static readonly string[] s_layers = ["conv", "pool", "avgpool", "gap", "fc", "drop", "bn", "ln", "flatten"];

    private int _at;

    /// <summary>Activations by their words.</summary>
    public static IReadOnlyDictionary<string, Func<Module>> Activations { get; } =
        new Dictionary<string, Func<Module>>(StringComparer.Ordinal)
        {
            ["relu"] = () => new Relu(),
            ["leaky"] = () => new LeakyRelu(),
            ["elu"] = () => new Elu(),
            ["selu"] = () => new Selu(),
            ["gelu"] = () => new Gelu(),
            ["silu"] = () => new Silu(),
            ["mish"] = () => new Mish(),
            ["tanh"] = () => new Tanh(),
            ["sigmoid"] = () => new Sigmoid(),
            ["softplus"] = () => new Softplus(),
        };

    /// <summary>Whether a word begins as a layer does.</summary>
    public static bool IsLayer(string word)
    {
        string letters = new([.. word.TakeWhile(char.IsAsciiLetterLower)]);
        return s_layers.Contains(letters) || Activations.ContainsKey(letters);
    }

    public IReadOnlyList<ArchitecturePart> Parse()
    {
        IReadOnlyList<ArchitecturePart> parts = Parts(depth: 0);
        if (_at < text.Length)
            throw Wrong(_at, "a bracket is closed that was never opened", "take it away, or open it before the layers that it ends");
        if (parts.Count == 0) throw Wrong(0, "there is no layer", "write some, such as 'conv3-32 relu pool2 fc'");
        return parts;
    }

    private List<ArchitecturePart> Parts(int depth)
    {
        List<ArchitecturePart> parts = [];
        long layers = 0;
        for (Skip(); _at < text.Length && text[_at] != ']'; Skip())
        {
            parts.Add(Part(depth));
            layers += Layers(parts[^1]);
            if (layers > MostLayers)
                throw Wrong(parts[^1].Position, $"there are more than {MostLayers:#,0} layers up to here", "repeat fewer");
        }
        return parts;
    }

    private ArchitecturePart Part(int depth)
    {
        int start = _at;
        if (text[_at] == '[') return Group(start, depth);
        string word = Letters();
        if (word == "res" && _at < text.Length && text[_at] == '[')
        {
            ArchitectureGroup body = Group(_at, depth);
            if (body.Times != 1) throw Wrong(start, "a residual block is repeated", $"write [res[...]]*{body.Times}");
            return new ArchitectureResidual(start, body);
        }
        return Layer(start, word);
    }

    private ArchitectureGroup Group(int start, int depth)
    {
        if (depth == DeepestBrackets) throw Wrong(start, $"brackets are more than {DeepestBrackets} deep", "write fewer of them");
        int open = _at++;
        List<ArchitecturePart> parts = Parts(depth + 1);
        if (_at == text.Length) throw Wrong(open, "a bracket is opened that is never closed", "close it with ]");
        _at++;
        if (parts.Count == 0) throw Wrong(open, "there is nothing between the brackets", "write layers there, or take the brackets away");
        int times = 1;
        if (_at < text.Length && text[_at] == '*')
        {
            int star = _at++;
            times = Whole(star, "how often the layers repeat", 1, MostTimes);
        }
        RequireEnd();
        return new ArchitectureGroup(start, parts, times);
    }

    private ArchitectureLayer Layer(int start, string word)
    {
        bool isActivation = Activations.ContainsKey(word);
        if (!isActivation && !s_layers.Contains(word))
        {
            Word(start);
            throw Wrong(start, $"'{text[start.._at]}' is no layer",
                $"the layers are {string.Join(", ", s_layers)}, res[...] and {string.Join(", ", Activations.Keys)}");
        }
        double? size = word switch
        {
            "conv" or "pool" or "avgpool" => Whole(_at, "the size of the window", 1, 1000),
            "drop" => Rate(),
            "fc" when _at < text.Length && char.IsAsciiDigit(text[_at]) => Whole(_at, "how many outputs", 1, LargestSize),
            _ => null,
        };
        int? filters = null;
        if (word == "conv")
        {
            if (_at == text.Length || text[_at] != '-')
                throw Wrong(_at, "the number of filters is missing", $"write it after a hyphen, such as conv{size}-32");
            _at++;
            filters = Whole(_at, "how many filters", 1, LargestSize);
        }
        Dictionary<char, int> options = Options(word);
        ArchitectureLayer layer = new(start, word, size, filters, options);
        if (word == "conv" && !options.ContainsKey('p') && (int)size! % 2 == 0 && options.GetValueOrDefault('d', 1) % 2 == 1)
            throw Wrong(start, $"a window of {size} cannot keep the size", "take an odd one, or say the padding, such as p0");
        RequireEnd();
        return layer;
    }

    /// <summary>Letters with numbers, such as s2p1.</summary>
    private Dictionary<char, int> Options(string word)
    {
        string allowed = word switch { "conv" => "spdg", "pool" or "avgpool" => "sp", _ => "" };
        Dictionary<char, int> options = [];
        while (_at < text.Length && allowed.Contains(text[_at], StringComparison.Ordinal))
        {
            int at = _at;
            char letter = text[_at++];
            string what = letter switch { 's' => "the stride", 'p' => "the padding", 'd' => "the dilation", _ => "how many groups" };
            int value = Whole(_at, what, letter == 'p' ? 0 : 1, 1000);
            if (!options.TryAdd(letter, value)) throw Wrong(at, $"'{letter}' is given twice", "give it once");
        }
        return options;
    }

    private double Rate()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.')) _at++;
        ReadOnlySpan<char> digits = text.AsSpan(start, _at - start);
        bool isRate = NumberText.TryRead(digits, NumberStyles.AllowDecimalPoint, out double rate) && rate < 1;
        return isRate ? rate : throw Wrong(start, $"the part to drop is {Found(start)}", "give one from 0 to below 1, such as drop0.5");
    }

    private int Whole(int start, string what, int least, int most)
    {
        int digits = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at])) _at++;
        bool isWhole = NumberText.TryRead(text.AsSpan(digits, _at - digits), NumberStyles.None, out int value);
        return isWhole && value >= least && value <= most ? value
            : throw Wrong(
                start, $"{what} is {Found(digits)}",
                string.Create(CultureInfo.InvariantCulture, $"give a whole number from {least} to {most}"));
    }

    private string Found(int start) => _at > start ? $"'{text[start.._at]}'" : "missing";

    private string Letters()
    {
        int start = _at;
        while (_at < text.Length && char.IsAsciiLetterLower(text[_at])) _at++;
        return text[start.._at];
    }

    /// <summary>Goes to the end of a word, for a message.</summary>
    private void Word(int start)
    {
        _at = start;
        while (_at < text.Length && text[_at] is not (' ' or '[' or ']')) _at++;
    }

    private void RequireEnd()
    {
        if (_at == text.Length || text[_at] is ' ' or ']' or '[') return;
        int at = _at;
        Word(at);
        throw Wrong(at, $"'{text[at.._at]}' does not belong there", "end the layer before it, or take it away");
    }

    private void Skip()
    {
        while (_at < text.Length && text[_at] == ' ') _at++;
    }

    private static long Layers(ArchitecturePart part) => part switch
    {
        ArchitectureGroup group => Math.Min(MostLayers + 1, group.Times * group.Parts.Sum(Layers)),
        ArchitectureResidual residual => Layers(residual.Body),
        _ => 1,
    };

    private ArgumentException Wrong(int position, string found, string mend) =>
        new($"In the model '{text}', at position {position + 1}, {found}; {mend}.");
}
