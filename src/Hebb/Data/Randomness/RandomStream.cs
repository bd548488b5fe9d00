using System.Runtime.CompilerServices;
using Hebb.Kernels;

namespace Hebb.Data;

/// <summary>
/// Draws in order from one of the many sequences of a seed: the uniform numbers of <see cref="Philox"/> at the positions that belong to an
/// item, 2³² of them. All that is made of them uses operations that give the same bits on every machine.
/// </summary>
/// <param name="seed">The seed.</param>
/// <param name="purpose">One of <see cref="RngStreams"/>.</param>
/// <param name="item">Which item of that purpose, below 2³²: an image, an epoch.</param>
internal struct RandomStream(ulong seed, ulong purpose, ulong item = 0)
{
    private const int BlockLength = 64;

    private Block _numbers;
    private int _used = BlockLength;
    private ulong _position = Start(item);

    /// <summary>The position of an item's first number.</summary>
    public static ulong Start(ulong item) => item << 32;

    /// <summary>Uniform on [0, 1): a multiple of 2⁻⁵³.</summary>
    public double NextDouble()
    {
        if (_used == BlockLength)
        {
            Philox.Uniform(seed, purpose, _position, (Span<double>)_numbers);
            _position += BlockLength;
            _used = 0;
        }

        return _numbers[_used++];
    }

    /// <summary>Uniform on [low, high).</summary>
    public double Uniform(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>
    /// Normal with mean 0 and variance 1 by the polar method (Marsaglia and Bray 1964):
    /// the first of the two that a point in the unit circle gives.
    /// </summary>
    public double Normal()
    {
        double x, y, square;
        do
        {
            (x, y) = (Uniform(-1, 1), Uniform(-1, 1));
            square = x * x + y * y;
        }
        while (square is >= 1 or 0);
        return x * Math.Sqrt(-2 * Elementary.Log(square) / square);
    }

    /// <summary>
    /// Mean 0, variance 1, within ±2√3: the sum of four uniform numbers. For drawings, where a normal number's far tail would spoil one.
    /// </summary>
    public double Bell() => (NextDouble() + NextDouble() + NextDouble() + NextDouble() - 2) * 1.7320508075688772;

    [InlineArray(BlockLength)]
    private struct Block
    {
        private double _first;
    }
}
