using System.Runtime.CompilerServices;

namespace Hebb.Tests.Naive;

/// <summary>
/// Runs all tests of the process on the reference back end where <c>HEBB_BACKEND=reference</c> asks for it. The worked examples are run so
/// once more by check.sh.
/// </summary>
internal static class ChosenBackend
{
    [ModuleInitializer]
    internal static void Choose()
    {
        string name = Environment.GetEnvironmentVariable("HEBB_BACKEND") ?? "";
        if (name == "reference") EngineContext.DefaultBackend = ReferenceBackend.Instance;
        else if (name != "") throw new InvalidOperationException($"HEBB_BACKEND is '{name}'; set it to 'reference', or leave it out.");
    }
}
