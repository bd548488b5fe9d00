using System.Runtime.Intrinsics;

namespace Hebb.Kernels;

/// <summary>
/// The width of the lanes that kernels use: 512, 256, 128 bits, or 1 for scalar code. Results do not depend on it. The widest that the
/// processor runs well is the default; the environment variable <c>HEBB_LANES</c> forces another.
/// </summary>
public static class Lanes
{
    /// <summary>The width in bits (1 for scalar code) that kernels use now.</summary>
    public static int Width { get; internal set; } = Choose(Environment.GetEnvironmentVariable("HEBB_LANES"));

    private static int Choose(string? forced) => forced switch
    {
        null or "" => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
        "512" or "256" or "128" or "1" => int.Parse(forced),
        _ => throw new ArgumentException($"HEBB_LANES is '{forced}'; it must be 512, 256, 128 or 1, or not be set."),
    };
}
