using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>
/// The width of the lanes that kernels use: 512, 256, 128 bits, or 1 for scalar code. Results do not depend on it. The default is the
/// widest that the processor runs well; the environment variable <c>HEBB_LANES</c> sets another.
/// </summary>
public static class Lanes
{
    /// <summary>The width in bits (1 for scalar code) that kernels use now.</summary>
    public static int Width { get; internal set; } = Choose(Environment.GetEnvironmentVariable("HEBB_LANES"));

    /// <summary>Runs a body with lanes of the width in use: the one place that knows which lane type has which width.</summary>
    /// <param name="body">The body, which may keep results in its fields.</param>
    /// <param name="numbers">
    /// How many numbers lie side by side. Where they do not fill a register of the width in use, the widest that they fill is taken.
    /// </param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Run<TBody, T>(ref TBody body, int numbers = int.MaxValue)
        where TBody : struct, IWidthBody<T>, allows ref struct where T : unmanaged
    {
        switch (Math.Min(Width, 8L * Unsafe.SizeOf<T>() * numbers))
        {
            case >= 512: body.Run<W512<T>>(); break;
            case >= 256: body.Run<W256<T>>(); break;
            case >= 128: body.Run<W128<T>>(); break;
            default: body.Run<W1<T>>(); break;
        }
    }

    private static int Choose(string? forced) => forced switch
    {
        null or "" => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
        "512" or "256" or "128" or "1" => int.Parse(forced),
        _ => throw new ArgumentException($"HEBB_LANES is '{forced}'; it must be 512, 256, 128 or 1, or not be set."),
    };
}

/// <summary>
/// Code that is written once for every lane width. Function pointers are chosen by a body that keeps the one for its lanes.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal interface IWidthBody<T> where T : unmanaged
{
    /// <summary>Runs with lanes <typeparamref name="V"/>.</summary>
    void Run<V>() where V : struct, ILane<V, T>;
}
