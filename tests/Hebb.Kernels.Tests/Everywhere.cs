namespace Hebb.Kernels.Tests;

/// <summary>Runs a piece of a test at every lane width and on one and on several threads. Its users are in the collection "lanes".</summary>
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
            Assert.Equal(Bits(first), Bits(now));
        });
        return first!;
    }

    private static byte[] Bits<T>(T[] numbers) where T : unmanaged => System.Runtime.InteropServices.MemoryMarshal.AsBytes<T>(numbers).ToArray();
}
