namespace Hebb.Files;

/// <summary>
/// The header of an NPY file, a Python dictionary with the three keys <c>descr</c>, <c>fortran_order</c> and <c>shape</c>. Only what the
/// format allows is read, so nothing nests.
/// </summary>
internal sealed class NpyHeader
{
    private readonly ByteSource _source;
    private readonly long _start; // of the text in the file
    private readonly byte[] _text;
    private int _at;

    private NpyHeader(ByteSource source, long start, byte[] text)
    {
        _source = source;
        _start = start;
        _text = text;
    }

    public ElementType Type { get; private set; }

    public bool BigEndian { get; private set; }

    public bool FortranOrder { get; private set; }

    public int[] Shape { get; private set; } = [];

    /// <summary>The names of the types without their byte order.</summary>
    private static readonly (string Name, ElementType Type)[] s_types =
    [
        ("b1", ElementType.Bool), ("u1", ElementType.UInt8), ("i1", ElementType.Int8), ("u2", ElementType.UInt16),
        ("i2", ElementType.Int16), ("u4", ElementType.UInt32), ("i4", ElementType.Int32), ("i8", ElementType.Int64),
        ("f2", ElementType.Float16), ("f4", ElementType.Float32), ("f8", ElementType.Float64),
    ];

    /// <summary>The name of the type of an array that can be written, little-endian.</summary>
    public static string TypeName(TypedArray array)
    {
        if (array.Shape.Length > Npy.MaxRank)
            throw new ArgumentException($"NPY takes up to {Npy.MaxRank} axes, and {array} has {array.Shape.Length}; reshape it.");
        string name = Array.Find(s_types, one => one.Type == array.Type).Name
            ?? throw new ArgumentException($"NPY has no type for {array}; convert it to Float32.");
        return (array.Type.Size == 1 ? "|" : "<") + name;
    }

    public static NpyHeader Parse(ByteSource source, long start, byte[] text)
    {
        NpyHeader header = new(source, start, text);
        header.Parse();
        return header;
    }

    private void Parse()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        Expect('{');
        while (!Accept('}'))
        {
            string key = ReadString();
            if (!seen.Add(key)) throw Error($"the key '{key}' twice");
            Expect(':');
            switch (key)
            {
                case "descr": ReadType(); break;
                case "fortran_order": FortranOrder = ReadBool(); break;
                case "shape": ReadShape(); break;
                default: throw Error("another key than descr, fortran_order and shape");
            }

            if (!Accept(','))
            {
                Expect('}');
                break;
            }
        }

        SkipSpace();
        if (_at < _text.Length) throw Error("more text after the dictionary");
        if (seen.Count < 3) throw Error("a dictionary without descr, fortran_order or shape");
    }

    private void ReadType()
    {
        string name = ReadString();
        BigEndian = name.StartsWith('>');
        string plain = name is ['<' or '>' or '|' or '=', ..] ? name[1..] : name;
        int found = Array.FindIndex(s_types, one => one.Name == plain);
        Type = found >= 0 ? s_types[found].Type
            : throw _source.Error(_start + _at, $"the type '{name}'", string.Join(", ", s_types.Select(one => one.Name)),
                "convert the array with astype before saving, whole numbers to int64, others to float32 or float64");
    }

    private bool ReadBool()
    {
        foreach (bool value in (ReadOnlySpan<bool>)[false, true])
        {
            ReadOnlySpan<byte> word = value ? "True"u8 : "False"u8;
            SkipSpace();
            if (!_text.AsSpan(_at).StartsWith(word)) continue;
            _at += word.Length;
            return value;
        }

        throw Error("neither True nor False");
    }

    private void ReadShape()
    {
        List<int> shape = [];
        Expect('(');
        while (!Accept(')'))
        {
            if (shape.Count == Npy.MaxRank) throw Error($"more than {Npy.MaxRank} axes");
            shape.Add(ReadLength());
            if (!Accept(','))
            {
                Expect(')');
                break;
            }
        }

        Shape = [.. shape];
    }

    private int ReadLength()
    {
        SkipSpace();
        int first = _at;
        long value = 0;
        for (; _at < _text.Length && char.IsAsciiDigit((char)_text[_at]); _at++)
        {
            value = value * 10 + (_text[_at] - '0');
            if (value > int.MaxValue) throw Error($"an axis above {int.MaxValue}");
        }

        return _at > first ? (int)value : throw Error("no whole number");
    }

    private string ReadString()
    {
        SkipSpace();
        char quote = Accept('"') ? '"' : '\'';
        if (quote == '\'') Expect('\'');
        int length = _text.AsSpan(_at).IndexOf((byte)quote);
        if (length is < 0 or > 32) throw Error("a string without end or of more than 32 bytes");
        string text = System.Text.Encoding.Latin1.GetString(_text, _at, length);
        _at += length + 1;
        return text;
    }

    private bool Accept(char wanted)
    {
        SkipSpace();
        if (_at >= _text.Length || _text[_at] != wanted) return false;
        _at++;
        return true;
    }

    private void Expect(char wanted)
    {
        if (!Accept(wanted)) throw Error($"no '{wanted}'");
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\n' or (byte)'\t') _at++;
    }

    private FormatException Error(string found) =>
        _source.Error(_start + _at, found, "a header such as {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
            "save the array again with numpy.save");
}
