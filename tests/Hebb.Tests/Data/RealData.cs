using Hebb.Data;

namespace Hebb.Tests.Data;

/// <summary>
/// Real data sets for tests: found through HEBB_DATA, and a test that needs one is skipped, saying so, when it is absent.
/// </summary>
internal static class RealData
{
    public static string? Root => Environment.GetEnvironmentVariable("HEBB_DATA");

    public static DataBundle Load(string name, ulong splitSeed = 0)
    {
        DataEntry entry = DataCatalog.Find(name)!;
        if (!entry.IsPresent(Root)) Assert.Skip($"The data set '{name}' is not below HEBB_DATA ('{Root}').");
        return entry.Load(new DataOptions { Root = Root, SplitSeed = splitSeed });
    }
}
