using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Hebb.Files;

/// <summary>
/// SHA-256 (FIPS 180-4) of bytes that come one after the other. The system's own would make natively compiled programs that read a
/// run carry and load OpenSSL.
/// </summary>
internal sealed class Sha256
{
    private const int Block = 64;

    private static readonly uint[] s_constants = Fractions(Math.Cbrt, 64);

    private readonly uint[] _state = Fractions(Math.Sqrt, 8), _words = new uint[Block];
    private readonly byte[] _rest = new byte[Block];
    private long _count;

    /// <summary>The hash of a file.</summary>
    public static string Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Sha256 hash = new();
        byte[] some = new byte[1 << 16];
        for (int got; (got = stream.Read(some)) > 0;) hash.Append(some.AsSpan(0, got));
        return hash.Finish();
    }

    /// <summary>Takes in the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        int begun = (int)(_count % Block);
        _count += bytes.Length;
        if (begun > 0)
        {
            int more = Math.Min(Block - begun, bytes.Length);
            bytes[..more].CopyTo(_rest.AsSpan(begun));
            bytes = bytes[more..];
            if (begun + more < Block) return;
            Mix(_rest);
        }
        int whole = bytes.Length / Block * Block;
        Mix(bytes[..whole]);
        bytes[whole..].CopyTo(_rest);
    }

    /// <summary>The hash of all bytes in hexadecimal; nothing may follow.</summary>
    public string Finish()
    {
        Span<byte> end = stackalloc byte[2 * Block];
        end.Clear();
        end[0] = 0x80;
        long bits = 8 * _count;
        int length = (int)((2 * Block - 9 - _count % Block) % Block) + 9;
        BinaryPrimitives.WriteInt64BigEndian(end[(length - 8)..], bits);
        Append(end[..length]);
        return string.Concat(_state.Select(word => word.ToString("x8", CultureInfo.InvariantCulture)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mix(ReadOnlySpan<byte> blocks)
    {
        Span<uint> w = _words, s = _state;
        ReadOnlySpan<uint> k = s_constants;
        for (; !blocks.IsEmpty; blocks = blocks[Block..])
        {
            for (int i = 0; i < 16; i++) w[i] = BinaryPrimitives.ReadUInt32BigEndian(blocks[(4 * i)..]);
            for (int i = 16; i < w.Length; i++)
            {
                uint x = w[i - 15], y = w[i - 2];
                w[i] = w[i - 16] + w[i - 7] + (BitOperations.RotateRight(x, 7) ^ BitOperations.RotateRight(x, 18) ^ (x >> 3))
                    + (BitOperations.RotateRight(y, 17) ^ BitOperations.RotateRight(y, 19) ^ (y >> 10));
            }
            (uint a, uint b, uint c, uint d, uint e, uint f, uint g, uint h) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
            for (int i = 0; i < w.Length; i++)
            {
                uint t = h + (BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25))
                    + ((e & f) ^ (~e & g)) + k[i] + w[i];
                uint u = (BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22))
                    + ((a & b) ^ (a & c) ^ (b & c));
                (h, g, f, e, d, c, b, a) = (g, f, e, d + t, c, b, a, t + u);
            }
            (s[0], s[1], s[2], s[3]) = (s[0] + a, s[1] + b, s[2] + c, s[3] + d);
            (s[4], s[5], s[6], s[7]) = (s[4] + e, s[5] + f, s[6] + g, s[7] + h);
        }
    }

    /// <summary>The first 32 bits behind the point of the roots of the first primes.</summary>
    private static uint[] Fractions(Func<double, double> root, int count)
    {
        uint[] found = new uint[count];
        int have = 0;
        for (int n = 2; have < count; n++)
        {
            bool isPrime = true;
            for (int d = 2; d * d <= n; d++) isPrime &= n % d != 0;
            if (!isPrime) continue;
            double value = root(n);
            found[have++] = (uint)((value - Math.Floor(value)) * 4294967296.0);
        }
        return found;
    }
}
