using Hebb.Architecture.Tests.Model;
using Hebb.Architecture.Tests.Rules;

namespace Hebb.Architecture.Tests;

public class DirectionsTests
{
    private const string Tensor = """
        namespace Hebb;
        public class Tensor { public static implicit operator Tensor(float x) => new(); }
        """;

    [Fact]
    public void RoomsUseOnlyRoomsAboveThem() => Verdict.Clean(Directions.Violations(CodeBase.OfRepository));

    [Fact]
    public void EveryFileIsInARoom() => Verdict.Clean(Directions.Homeless(CodeBase.OfRepository));

    [Fact]
    public void EveryNameIsUnderstood() => Verdict.Clean(Directions.Blind(CodeBase.OfRepository));

    [Theory]
    [InlineData("class A { Hebb.Layers.Linear? layer; }", "Core uses Linear, but Layers is below Core")]
    [InlineData("class A { void F(Tensor x) => x.Sigmoid(); }", "Core uses TensorOps.Sigmoid, but Ops is below Core")]
    [InlineData("class A { Tensor F(Tensor x) => x + x; }", "Core uses TensorOps.op_Addition, but Ops")]
    [InlineData("class A { object F() => new Hebb.Layers.Linear(); }", "Layers is below Core")]
    public void AUseOfARoomBelowIsFound(string core, string expected)
    {
        CodeBase code = CodeBase.Of(
            ("src/Hebb/Core/Tensor.cs", Tensor),
            ("src/Hebb/Core/A.cs", "namespace Hebb;\n" + core),
            ("src/Hebb/Ops/Sigmoid.cs", """
                namespace Hebb;
                public static partial class TensorOps
                {
                    extension(Tensor x)
                    {
                        public Tensor Sigmoid() => x;
                        public static Tensor operator +(Tensor a, Tensor b) => a;
                    }
                }
                """),
            ("src/Hebb/Layers/Linear.cs", "namespace Hebb.Layers;\npublic class Linear;"));
        Assert.Contains(Directions.Violations(code), found => found.StartsWith("src/Hebb/Core/A.cs(2): ", StringComparison.Ordinal)
            && found.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void HiddenUsesAreFound()
    {
        // Conversions, constructors without a type name and loops name nothing, but use it all the same.
        CodeBase code = CodeBase.Of(
            ("src/Hebb/Core/Tensor.cs", Tensor),
            ("src/Hebb/Layers/Bag.cs", "namespace Hebb.Layers;\npublic class Bag { public System.Collections.Generic.IEnumerator<int> "
                + "GetEnumerator() => null!; }"),
            ("src/Hebb/Optim/Maker.cs", "namespace Hebb.Optim;\npublic class Maker { public static Hebb.Layers.Bag Make() => new(); "
                + "public static void Take(Tensor x) { } }"),
            ("src/Hebb/Data/A.cs", "namespace Hebb.Data;\nclass A { void F() { foreach (var i in Hebb.Optim.Maker.Make()) { } "
                + "Hebb.Optim.Maker.Take(1f); } }"));
        string[] used = [.. code.Uses.Where(use => use.From.Name == "Data").Select(use => $"{use.To}: {use.Name}").Distinct()];
        Assert.Contains("Layers: Bag.GetEnumerator", used);
        Assert.Contains("Core: Tensor.op_Implicit", used);
        Assert.Contains("Optim: Maker", used);
        Assert.Empty(Directions.Violations(code));
    }

    [Fact]
    public void NarrowAndReservedRoomsAreHeld()
    {
        CodeBase code = CodeBase.Of(
            ("src/Hebb.Kernels/Map.cs", "namespace Hebb.Kernels;\npublic class Map;"),
            ("src/Hebb/Ops/Add.cs", "namespace Hebb;\npublic class Add { Hebb.Kernels.Map? m; }"),
            ("src/Hebb/Files/Npy.cs", "namespace Hebb.Files;\npublic class Npy { Add? a; }"),
            ("src/Hebb/Layers/Linear.cs", "namespace Hebb.Layers;\npublic class Linear { Hebb.Kernels.Map? m; }"),
            ("src/Hebb/Diagnostics/Doctor.cs", "namespace Hebb.Diagnostics;\npublic class Doctor;"),
            ("src/Hebb/Models/Vgg.cs", "namespace Hebb.Models;\npublic class Vgg { Hebb.Diagnostics.Doctor? d; }"),
            ("src/Hebb.Plots/Svg.cs", "namespace Hebb.Plots;\npublic class Svg { Hebb.Add? a; }"));
        string[] found = [.. Directions.Violations(code)];
        Assert.Equal(4, found.Length);
        Assert.Contains(found, text => text.Contains("Files knows only Core", StringComparison.Ordinal));
        Assert.Contains(found, text => text.Contains("Hebb.Kernels may be used only by", StringComparison.Ordinal));
        Assert.Contains(found, text => text.Contains("Diagnostics may be used only by", StringComparison.Ordinal));
        Assert.Contains(found, text => text.Contains("Hebb.Plots knows nothing else", StringComparison.Ordinal));
    }

    [Fact]
    public void AFileOutsideTheRoomsIsFound() =>
        Assert.Single(Directions.Homeless(CodeBase.Of(("src/Hebb/Utilities/Helper.cs", "namespace Hebb;\nclass Helper;"))));

    [Fact]
    public void AnUnknownNameIsFound() =>
        Assert.Single(Directions.Blind(CodeBase.Of(("src/Hebb/Core/A.cs", "namespace Hebb;\nclass A { Missing? m; }"))));
}
