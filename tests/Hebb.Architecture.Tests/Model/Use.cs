using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hebb.Architecture.Tests.Model;

/// <summary>A place where the code of one room names, calls or converts through something that another declares.</summary>
/// <param name="From">The room of the code.</param>
/// <param name="To">The room that declares what it uses.</param>
/// <param name="Place">File and line.</param>
/// <param name="Name">What is used.</param>
internal sealed record Use(Room From, Room To, string Place, string Name)
{
    /// <summary>All uses between different rooms.</summary>
    public static IReadOnlyList<Use> In(CodeBase code)
    {
        List<Use> uses = [];
        foreach (SourceFile file in code.Files.Where(file => file.Room is not null))
        {
            SemanticModel model = code.Model(file);
            foreach (SyntaxNode node in file.Tree.GetRoot().DescendantNodes())
            {
                foreach (ISymbol symbol in Named(model, node))
                {
                    if (Home(code, symbol, file.Room!) is { } room && room != file.Room) uses.Add(
                        new(file.Room!, room, file.Place(node), Title(symbol)));
                }
            }
        }

        return uses;
    }

    /// <summary>
    /// What a piece of syntax refers to: names, and the members that operators, conversions, indexers and constructors stand for.
    /// </summary>
    private static IEnumerable<ISymbol> Named(SemanticModel model, SyntaxNode node)
    {
        if (node is SimpleNameSyntax or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax
            or AssignmentExpressionSyntax or ElementAccessExpressionSyntax or BaseObjectCreationExpressionSyntax
            or ConstructorInitializerSyntax)
        {
            SymbolInfo info = model.GetSymbolInfo(node);
            if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is { } symbol) yield return symbol;
        }

        if (node is ExpressionSyntax expression && model.GetConversion(expression).MethodSymbol is { } conversion) yield return conversion;
        if (node is CommonForEachStatementSyntax loop && model.GetForEachStatementInfo(loop)
            .GetEnumeratorMethod is { } enumerator) yield return enumerator;
    }

    /// <summary>The room that declares a symbol: for partial types the topmost, and none if the user's own room is one of them.</summary>
    private static Room? Home(CodeBase code, ISymbol symbol, Room user)
    {
        bool isNobodys = symbol is INamespaceSymbol or ILocalSymbol or IParameterSymbol or ITypeParameterSymbol or ILabelSymbol
            or IRangeVariableSymbol;
        if (isNobodys) return null;
        if (symbol is IArrayTypeSymbol array) return Home(code, array.ElementType, user);
        symbol = (symbol as IMethodSymbol)?.ReducedFrom ?? symbol.OriginalDefinition;
        if (symbol.DeclaringSyntaxReferences.IsEmpty) return symbol.ContainingType is { } type ? Home(code, type, user) : null;
        Room[] rooms = [.. symbol.DeclaringSyntaxReferences.Select(reference => code.FileOf(reference.SyntaxTree)?.Room).OfType<Room>()];
        return rooms.Contains(user) ? null : rooms.MinBy(HousePlan.Level);
    }

    /// <summary>The name of a symbol after its type's; the block of an extension has no name of its own.</summary>
    private static string Title(ISymbol symbol)
    {
        INamedTypeSymbol? owner = symbol is INamedTypeSymbol ? null : symbol.ContainingType;
        while (owner is { IsExtension: true }) owner = owner.ContainingType;
        return owner is null ? symbol.Name : $"{owner.Name}.{symbol.Name}";
    }
}
