using System.Xml.Linq;
using Hebb.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hebb.Architecture.Tests.Rules;

/// <summary>How files are named, cut and documented.</summary>
internal static class Tidiness
{
    /// <summary>
    /// Ops may stand here instead of in their room's namespace, since layers have the same names; their spellings stay in the room's.
    /// </summary>
    private const string OpNamespace = "Hebb.Ops";

    /// <summary>The most lines a file may have.</summary>
    public const int Longest = 400;

    public static IEnumerable<string> Lengths(IEnumerable<(string Path, int Lines)> files) =>
        from file in files
        where file.Lines > Longest
        select $"{file.Path}: {file.Lines} lines; split it into one concept a file, each of {Longest} lines at most.";

    public static IEnumerable<string> Namespaces(CodeBase code) =>
        from file in code.Files
        where file.Room is not null
        from space in file.Tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>()
        where space.Name.ToString() != file.Room!.Namespace && !(file.Room.Folder.Contains("/Ops", StringComparison.Ordinal)
            && space.Name.ToString() == OpNamespace)
        select $"{file.Place(space)}: the namespace is {space.Name}; in {file.Room!.Folder} it is {file.Room.Namespace}.";

    /// <summary>
    /// A file is named after a type or member that it declares; a longer name tells parts of one type apart. A family of interfaces, of
    /// internal types, or of small kernel types of one form may share a file under the family's name.
    /// </summary>
    public static IEnumerable<string> Names(CodeBase code) =>
        from file in code.Library
        let name = file.Name.Split('.')[0]
        let declared = file.Tree.GetRoot().DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is MemberDeclarationSyntax)
        where !IsFamily(file) && !declared.Any(token => token.ValueText == name)
            && !file.Types().OfType<BaseTypeDeclarationSyntax>()
                .Any(type => name.StartsWith(type.Identifier.ValueText, StringComparison.Ordinal))
        select $"{file.Path}: no type or member called {name} is in it; name the file after what it holds.";

    private static bool IsFamily(SourceFile file)
    {
        BaseTypeDeclarationSyntax[] types = [.. file.Types().OfType<BaseTypeDeclarationSyntax>()];
        return types.All(type => type is InterfaceDeclarationSyntax)
            || (types.Length > 1 && !types.Any(type => type.Modifiers.Any(SyntaxKind.PublicKeyword)))
            || (file.Room?.Name == "Hebb.Kernels" && types.Length > 1 && types.All(type => type.BaseList is not null)
                && types.Select(type => Form(type.BaseList!.Types[0].Type)).Distinct().Count() == 1);
    }

    /// <summary>The form that a base names, whatever its type arguments.</summary>
    private static string Form(TypeSyntax type) => type is GenericNameSyntax generic ? generic.Identifier.ValueText : type.ToString();

    /// <summary>
    /// The public types of a file belong together: each has the file's name in its own, or is named by one that does (as a result, an
    /// option), and so on. Interfaces go along, and so do static classes and parts of Tensor, which spell an op.
    /// </summary>
    public static IEnumerable<string> Concepts(CodeBase code) =>
        from file in code.Library
        where !IsFamily(file)
        from stranger in Strangers(file)
        select $"{file.Place(stranger)}: {stranger.Identifier.ValueText} has nothing to do with the rest of the file; one concept, one "
            + "file.";

    private static IEnumerable<BaseTypeDeclarationSyntax> Strangers(SourceFile file)
    {
        List<BaseTypeDeclarationSyntax> outside =
            [.. file.Types().OfType<BaseTypeDeclarationSyntax>().Where(type => type is not InterfaceDeclarationSyntax
            && type.Modifiers.Any(SyntaxKind.PublicKeyword) && !type.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !(type.Identifier.ValueText == "Tensor" && type.Modifiers.Any(SyntaxKind.PartialKeyword)))];
        if (outside.Count < 2) return [];
        Queue<BaseTypeDeclarationSyntax> inside =
            new(outside.Where(type => type.Identifier.ValueText.Contains(file.Name.Split('.')[0], StringComparison.Ordinal)));
        if (inside.Count == 0) inside.Enqueue(outside[0]);
        outside.RemoveAll(inside.Contains);
        while (inside.TryDequeue(out BaseTypeDeclarationSyntax? known))
        {
            HashSet<string> named =
                [.. known.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
            foreach (BaseTypeDeclarationSyntax type in outside.Where(type => named.Contains(type.Identifier.ValueText)).ToArray())
            {
                outside.Remove(type);
                inside.Enqueue(type);
            }
        }

        return outside;
    }

    /// <summary>Public types whose summary says nothing.</summary>
    public static IEnumerable<string> Documentation(CodeBase code) =>
        from file in code.Library
        from type in file.Types()
        where type.Modifiers.Any(SyntaxKind.PublicKeyword) && !type.Modifiers.Any(SyntaxKind.PartialKeyword)
            && Summary(code, file, type).Length < 10
        select $"{file.Place(type)}: the summary is missing; say what the type is, formula first.";

    private static string Summary(CodeBase code, SourceFile file, MemberDeclarationSyntax type)
    {
        string? xml = code.Model(file).GetDeclaredSymbol(type)?.GetDocumentationCommentXml();
        return string.IsNullOrEmpty(xml) ? "" : XElement.Parse(xml).Element("summary")?.ToString().Trim() ?? "";
    }
}
