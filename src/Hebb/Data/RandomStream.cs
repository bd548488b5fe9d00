namespace Hebb.Data;

/// <summary>
/// Draws from one of 2⁶⁴ independent sequences of a seed, in order. The sequence is a function of (seed, stream) alone and uses only
/// operations that give the same bits on every machine.
/// </summary>
internal struct RandomStream
{
    private readonly ulong _seed, _stream;
    private ulong _block;
    private UInt128 _bits;
    private int _left; // 32-bit words not yet drawn from _bits
    private double _spare = double.NaN; // the second of a pair of normal numbers

    /// <param name="seed">The seed.</param>
    /// <param name="purpose">One of <see cref="RngStreams"/>.</param>
    /// <param name="item">Which of the purpose's own streams, below 2⁵⁶.</param>
    public RandomStream(ulong seed, ulong purpose, ulong item = 0)
    {
        _seed = seed;
        _stream = item << 8 | purpose;
    }

    public uint NextUInt32()
    {
        if (_left == 0)
        {
            _bits = Block(_seed, _stream, _block++);
            _left = 4;
        }

        uint word = (uint)_bits;
        _bits >>= 32;
        _left--;
        return word;
    }

    /// <summary>Uniform on [0, 1): a multiple of 2⁻⁵³.</summary>
    public double NextDouble() => (((ulong)NextUInt32() << 21) ^ (NextUInt32() >> 11)) * (1.0 / (1L << 53));

    /// <summary>Uniform on [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>Uniform on 0..count-1 without bias (Lemire 2019).</summary>
    public int Below(int count)
    {
        ulong product = (ulong)NextUInt32() * (uint)count;
        if ((uint)product < (uint)count)
        {
            uint threshold = (uint)(-count) % (uint)count;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * (uint)count;
        }

        return (int)(product >> 32);
    }

    /// <summary>
    /// Normal with mean 0 and variance 1, by the polar method (Marsaglia and Bray 1964): a point in the unit circle gives two, of which
    /// the second is kept.
    /// </summary>
    public double Normal()
    {
        if (!double.IsNaN(_spare))
        {
            double kept = _spare;
            _spare = double.NaN;
            return kept;
        }

        double x, y, square;
        do
        {
            (x, y) = (Uniform(-1, 1), Uniform(-1, 1));
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Elementary.Log(square) / square);
        _spare = y * factor;
        return x * factor;
    }

    /// <summary>
    /// Mean 0, variance 1, within ±2√3: the sum of four uniform numbers. For drawings, where a normal number's far tail would spoil one.
    /// </summary>
    public double Bell() => (NextDouble() + NextDouble() + NextDouble() + NextDouble() - 2) * 1.7320508075688772;

    /// <summary>Puts the elements into random order (Fisher and Yates 1938, Durstenfeld 1964).</summary>
    public void Shuffle(Span<int> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Philox4x32-10 (Salmon et al. 2011) of the counter (block, stream) under the key seed.</summary>
    private static UInt128 Block(ulong seed, ulong stream, ulong block)
    {
        (uint c0, uint c1, uint c2, uint c3) = ((uint)block, (uint)(block >> 32), (uint)stream, (uint)(stream >> 32));
        (uint k0, uint k1) = ((uint)seed, (uint)(seed >> 32));
        for (int round = 0; round < 10; round++)
        {
            ulong a = 0xD2511F53ul * c0, b = 0xCD9E8D57ul * c2;
            (c0, c1, c2, c3) = ((uint)(b >> 32) ^ c1 ^ k0, (uint)b, (uint)(a >> 32) ^ c3 ^ k1, (uint)a);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return new UInt128((ulong)c3 << 32 | c2, (ulong)c1 << 32 | c0);
    }
}
