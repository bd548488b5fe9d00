using Hebb.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hebb.Architecture.Tests.Rules;

/// <summary>What library code must not do, and what only Hebb.Kernels may.</summary>
internal static class Safety
{
    private const string Kernels = "Hebb.Kernels";

    /// <summary>Pointers, unsafe blocks, instructions and unchecked reinterpretation outside Hebb.Kernels.</summary>
    public static IEnumerable<string> Unsafe(CodeBase code)
    {
        foreach (SourceFile file in code.Files.Where(file => file.Room?.Name != Kernels))
        {
            foreach (SyntaxToken token in file.Tree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.UnsafeKeyword)))
            {
                yield return $"{file.Place(token.Parent!)}: unsafe code belongs into {Kernels}.";
            }

            foreach ((SyntaxNode node, ISymbol symbol) in Symbols(code, file))
            {
                if (Space(symbol).StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal))
                {
                    yield return $"{file.Place(node)}: {symbol.Name} is an instruction of the processor; it belongs into {Kernels}.";
                }
                else if (Owner(symbol) is "System.Runtime.CompilerServices.Unsafe"
                    && symbol.Name is not ("BitCast" or "SizeOf" or "Unsafe"))
                {
                    yield return $"{file.Place(node)}: Unsafe.{symbol.Name} is not checked; it belongs into {Kernels}.";
                }
            }
        }
    }

    /// <summary>Output, reflection and native calls in a library.</summary>
    public static IEnumerable<string> Manners(CodeBase code) =>
        from file in code.Library
        from found in Symbols(code, file)
        let objection = Objection(found.Symbol)
        where objection is not null
        select $"{file.Place(found.Node)}: {objection}";

    /// <summary>Warnings switched off in the code.</summary>
    public static IEnumerable<string> Suppressions(CodeBase code)
    {
        foreach (SourceFile file in code.Files)
        {
            SyntaxNode root = file.Tree.GetRoot();
            foreach (PragmaWarningDirectiveTriviaSyntax pragma in root.DescendantNodes(descendIntoTrivia: true)
                .OfType<PragmaWarningDirectiveTriviaSyntax>())
            {
                yield return $"{file.Place(pragma)}: a warning is switched off; mend what it warns of.";
            }

            foreach (AttributeSyntax attribute in root.DescendantNodes().OfType<AttributeSyntax>())
            {
                if (attribute.Name.ToString().Contains("SuppressMessage", StringComparison.Ordinal))
                {
                    yield return $"{file.Place(attribute)}: a warning is switched off; mend what it warns of.";
                }
            }
        }
    }

    private static string? Objection(ISymbol symbol)
    {
        string owner = Owner(symbol);
        if (owner is "System.Console") return "the library prints nothing; hand the text or an event to the caller.";
        if (owner is "System.Runtime.InteropServices.DllImportAttribute" or "System.Runtime.InteropServices.LibraryImportAttribute"
            or "System.Runtime.InteropServices.NativeLibrary")
        {
            return "nothing native is loaded.";
        }

        bool reflects = owner is "System.Activator" or "System.Runtime.CompilerServices.UnsafeAccessorAttribute"
            || Space(symbol) is "System.Linq.Expressions" or "System.Reflection.Emit"
            || (Space(symbol) is "System.Reflection" && owner is not "System.Reflection.MemberInfo")
            || (owner is "System.Type" && symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary }
                && (symbol.Name.StartsWith("Get", StringComparison.Ordinal) || symbol.Name.StartsWith("Make", StringComparison.Ordinal)
                    || symbol.Name.StartsWith("Invoke", StringComparison.Ordinal)));
        return reflects ? $"{symbol.Name} is reflection, which trimming breaks; register or dispatch by type instead." : null;
    }

    private static IEnumerable<(SyntaxNode Node, ISymbol Symbol)> Symbols(CodeBase code, SourceFile file)
    {
        SemanticModel model = code.Model(file);
        foreach (SimpleNameSyntax name in file.Tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            SymbolInfo info = model.GetSymbolInfo(name);
            if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is { } symbol and not INamespaceSymbol) yield return (name, symbol);
        }
    }

    /// <summary>The type that a symbol is or belongs to, with its namespace.</summary>
    private static string Owner(ISymbol symbol) =>
        (symbol as INamedTypeSymbol ?? symbol.ContainingType)?.OriginalDefinition.ToDisplayString() ?? "";

    private static string Space(ISymbol symbol) => symbol.ContainingNamespace?.ToDisplayString() ?? "";
}
