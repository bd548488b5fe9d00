using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb.Kernels.Tests;

/// <summary>
/// Runs a piece of a test at every lane width and on one and on several threads. Its users are in the collection "lanes".
/// </summary>
internal static class Everywhere
{
    public static readonly int[] Widths = [512, 256, 128, 1];

    public static void Run(Action test)
    {
        int width = Lanes.Width, threads = Team.Threads;
        try
        {
            foreach (int lanes in Widths)
            {
                foreach (int team in new[] { 1, 3 })
                {
                    Lanes.Width = lanes;
                    Team.Threads = team;
                    test();
                }
            }
        }
        finally
        {
            Lanes.Width = width;
            Team.Threads = threads;
        }
    }

    /// <summary>Makes something everywhere and checks that it has the same bits each time.</summary>
    public static T[] Same<T>(Func<T[]> make) where T : unmanaged
    {
        T[]? first = null;
        Run(() =>
        {
            T[] now = make();
            first ??= now;
            Assert.Equal(first.Length, now.Length);
            ReadOnlySpan<byte> expected = MemoryMarshal.AsBytes<T>(first), actual = MemoryMarshal.AsBytes<T>(now);
            int at = expected.CommonPrefixLength(actual) / Unsafe.SizeOf<T>();
            if (at < now.Length) Assert.Fail(
                $"number {at} is {now[at]} with {Lanes.Width} lanes and {Team.Threads} threads, and was {first[at]}");
        });
        return first!;
    }
}
