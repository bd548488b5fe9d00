using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hebb.Architecture.Tests.Model;

/// <summary>One C# file: its path from the root of the repository, and its syntax.</summary>
internal sealed class SourceFile(string path, string text)
{
    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest, DocumentationMode.Parse);

    public string Path { get; } = path;

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public int Lines => Tree.GetText().Lines.Count - 1;

    public SyntaxTree Tree { get; } = CSharpSyntaxTree.ParseText(text, s_options, path);

    public Room? Room { get; } = HousePlan.Holding(path);

    /// <summary>The types declared in the file that no other type holds.</summary>
    public IEnumerable<MemberDeclarationSyntax> Types() => Tree.GetRoot()
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .OfType<MemberDeclarationSyntax>()
        .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    /// <summary>Path and line, as compilers print them.</summary>
    public string Place(SyntaxNode node) => $"{Path}({node.GetLocation().GetLineSpan().StartLinePosition.Line + 1})";
}
