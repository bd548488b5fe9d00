using Hebb.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hebb.Architecture.Tests.Rules;

/// <summary>
/// What exists is tested: every op, layer, loss, rule, schedule and callback has its line in a registry that generic suites walk, and
/// every file of sources its file of tests or such a line.
/// </summary>
internal static class Registry
{
    /// <summary>The folder of the registries.</summary>
    public const string Folder = "tests/Hebb.Tests/Registry/";

    /// <summary>
    /// The kinds of types that are registered: how they are called, how their registry's files begin, and which types are of the kind.
    /// </summary>
    private static readonly (string Kind, string Cases, Func<INamedTypeSymbol, string, bool> Holds)[] s_kinds =
    [
        ("op", "OpCases", (type, path) => In(path, "Ops") && type.TypeKind == TypeKind.Struct && type.AllInterfaces.Any(IsOpForm)),
        ("layer", "LayerCases", (type, path) => In(path, "Layers") && Concrete(type) && Bases(type).Any(b => b.Name == "Module")),
        ("loss", "LossCases", (type, path) => In(path, "Losses") && Concrete(type) && Bases(type).Any(b => b.Name == "Loss")),
        ("rule", "RuleCases", (type, path) => In(path, "Optim") && !type.IsAbstract && Implements(type, "IUpdateRule")),
        ("schedule", "ScheduleCases", (type, path) => In(path, "Optim/Schedules") && !type.IsAbstract && Implements(type, "ISchedule")),
        ("callback", "CallbackCases", (type, path) => In(path, "Training") && !type.IsAbstract && Implements(type, "ICallback")),
    ];

    /// <summary>Types without their line.</summary>
    /// <param name="code">The sources.</param>
    /// <param name="tests">The files of tests by path.</param>
    public static IEnumerable<string> Missing(CodeBase code, IReadOnlyDictionary<string, string> tests)
    {
        Dictionary<string, HashSet<string>> named = s_kinds.ToDictionary(kind => kind.Cases, kind => Mentioned(tests, Folder + kind.Cases));
        return from file in code.Library
               from type in file.Types()
               let symbol = code.Model(file).GetDeclaredSymbol(type) as INamedTypeSymbol
               where symbol is not null
               from kind in s_kinds
               where kind.Holds(symbol, file.Path) && !named[kind.Cases].Contains(symbol.Name)
               select $"{file.Place(type)}: the {kind.Kind} {symbol.Name} has no line in {Folder}{kind.Cases}*.cs; add one, so that the "
                   + "suites check it.";
    }

    /// <summary>
    /// Files with public code that nothing tests: they have no file of tests, and no test of their project names what they declare. What is
    /// internal is tested through its users.
    /// </summary>
    public static IEnumerable<string> Untested(CodeBase code, IReadOnlyDictionary<string, string> tests)
    {
        Dictionary<string, HashSet<string>> named = [];
        foreach (SourceFile file in code.Library.Where(file => PublicCode(file).Any()))
        {
            string mirror = Mirror(file.Path);
            if (tests.ContainsKey(mirror) || tests.ContainsKey(Mirror(Whole(file.Path)))) continue;
            string project = string.Join('/', mirror.Split('/')[..2]) + "/";
            if (!named.TryGetValue(project, out HashSet<string>? names)) named[project] = names = Mentioned(tests, project);
            if (!PublicCode(file).SelectMany(Declared).Any(
                names.Contains)) yield return $"{file.Path}: no test of the project names it; write {mirror}.";
        }
    }

    private static IEnumerable<TypeDeclarationSyntax> PublicCode(SourceFile file) =>
        file.Types().OfType<TypeDeclarationSyntax>().Where(type =>
        type is not InterfaceDeclarationSyntax && type.Modifiers.Any(SyntaxKind.PublicKeyword)
            && type.Members.Count + (type.ParameterList?.Parameters.Count ?? 0) > 0);

    /// <summary>
    /// The names under which tests can reach a type: its own, or for a static class, which extensions never name, its members'.
    /// </summary>
    private static IEnumerable<string> Declared(TypeDeclarationSyntax type) => !type.Modifiers.Any(SyntaxKind.StaticKeyword)
        ? [type.Identifier.ValueText]
        : type.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is MemberDeclarationSyntax)
            .Select(token => token.ValueText);

    /// <summary>Where the tests of a file are: <c>src/P/X/Y.cs</c> is tested by <c>tests/P.Tests/X/YTests.cs</c>.</summary>
    private static string Mirror(string path)
    {
        string[] parts = path.Split('/');
        string folders = string.Concat(parts[2..^1].Select(part => part + "/"));
        string file = parts[^1][..^3].Replace(".", "", StringComparison.Ordinal);
        return $"tests/{parts[1]}.Tests/{folders}{file}Tests.cs";
    }

    /// <summary>
    /// The path without what follows the first dot of the file's name: <c>Tensor.Indexing.cs</c> is a part of <c>Tensor.cs</c>.
    /// </summary>
    private static string Whole(string path)
    {
        int name = path.LastIndexOf('/') + 1;
        return path[..path.IndexOf('.', name)] + ".cs";
    }

    /// <summary>The identifiers in the files whose path begins so.</summary>
    private static HashSet<string> Mentioned(IReadOnlyDictionary<string, string> tests, string beginning) =>
    [
        .. tests.Where(test => test.Key.StartsWith(beginning, StringComparison.Ordinal))
            .SelectMany(test => CSharpSyntaxTree.ParseText(test.Value).GetRoot().DescendantTokens())
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText),
    ];

    private static bool In(string path, string folder) => path.StartsWith($"src/Hebb/{folder}/", StringComparison.Ordinal);

    private static bool Concrete(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: false, DeclaredAccessibility: Accessibility.Public };

    private static bool Implements(INamedTypeSymbol type, string name) => type.AllInterfaces.Any(form => form.Name == name);

    private static bool IsOpForm(INamedTypeSymbol form) => form.Name == "IOp";

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? b = type.BaseType; b is not null; b = b.BaseType) yield return b;
    }
}
