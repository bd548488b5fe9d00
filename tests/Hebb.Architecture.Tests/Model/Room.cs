namespace Hebb.Architecture.Tests.Model;

/// <summary>A folder of sources with one purpose.</summary>
/// <param name="Name">How it is called in the house: <c>Core</c>, <c>Ops/Basic</c>, <c>Hebb.Kernels</c>.</param>
/// <param name="Folder">Where its sources are, from the root of the repository.</param>
/// <param name="Namespace">The namespace of its types.</param>
/// <param name="Purpose">What is found in it.</param>
internal sealed record Room(string Name, string Folder, string Namespace, string Purpose)
{
    public override string ToString() => Name;
}
