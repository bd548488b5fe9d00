namespace Hebb.Tests.Sizes;

/// <summary>Numbers at the limits of their types, and small ones between them, in an order that a seed says.</summary>
internal sealed class Draw(int seed)
{
    private static readonly int[] s_limits =
    [
        0, 0, 1, 1, 2, 3, 3, -1, -2, 4, 46341, 65536, int.MaxValue, int.MaxValue - 1, int.MinValue, int.MinValue + 1, 1 << 30, -(1 << 30),
    ];

    private static readonly int[] s_sizes = [0, 0, 1, 1, 1, 2, 3, -1, 46341, 65536, int.MaxValue, int.MinValue];

    private readonly Random _random = new(seed);
    private readonly List<string> _drawn = [];

    /// <summary>Any whole number.</summary>
    public int Any() => Noted(s_limits[_random.Next(s_limits.Length)]);

    /// <summary>Any whole number of 64 bits.</summary>
    public long Long() => _random.Next(4) switch
    {
        0 => Noted(long.MaxValue - _random.Next(2)),
        1 => Noted(long.MinValue + _random.Next(2)),
        _ => Any(),
    };

    /// <summary>A number from 0 to 4.</summary>
    public int Few() => Noted(_random.Next(5));

    /// <summary>A number from 0 to below another.</summary>
    public int Below(int end) => Noted(_random.Next(end));

    /// <summary>The size of an axis, not so large that few of them would fill the memory.</summary>
    public int Size() => Noted(s_sizes[_random.Next(s_sizes.Length)]);

    /// <summary>Up to so many whole numbers.</summary>
    public int[] Several(int most = 4) => [.. Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Any())];

    /// <summary>So many whole numbers.</summary>
    public int[] Exactly(int count) => [.. Enumerable.Range(0, count).Select(_ => Any())];

    /// <summary>A shape, if the sizes make one.</summary>
    public Shape Shape(int most = 4) => new(Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Size()).ToArray().AsSpan());

    /// <summary>A tensor of small sizes, or with none: contiguous or a view.</summary>
    public Tensor Tensor(int rank, DType dtype = DType.Float32)
    {
        Shape shape = new(Enumerable.Range(0, rank).Select(_ => Few()).ToArray().AsSpan());
        Tensor x = Hebb.Tensor.Full(shape, dtype == DType.Int64 ? 0 : 1, dtype);
        return rank > 1 && _random.Next(2) == 0 ? x.Transpose(0, rank - 1) : x;
    }

    /// <summary>A tensor of any rank from 0 to 4.</summary>
    public Tensor Tensor() => Tensor(_random.Next(5));

    /// <summary>Any range.</summary>
    public Range Range() => new(Index(), Index());

    /// <summary>Any position, from the start or the end.</summary>
    public Index Index() => new(Math.Max(0, Any()), _random.Next(2) == 0);

    public override string ToString() => string.Join(" ", _drawn);

    private T Noted<T>(T number)
    {
        _drawn.Add($"{number}");
        return number;
    }
}
