using Hebb.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Hebb.Architecture.Tests.Rules;

/// <summary>
/// What the libraries print is the same in every culture. Interpolated strings are so by themselves; other ways from numbers to texts
/// follow the culture of the thread.
/// </summary>
internal static class Culture
{
    /// <summary>Texts that are made of numbers by the culture of the thread.</summary>
    public static IEnumerable<string> Texts(CodeBase code)
    {
        foreach (SourceFile file in code.Library)
        {
            SemanticModel model = code.Model(file);
            foreach (SyntaxNode node in file.Tree.GetRoot().DescendantNodes())
            {
                bool follows = node switch
                {
                    InvocationExpressionSyntax => model.GetOperation(node) is IInvocationOperation call && Follows(call),
                    BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } =>
                        model.GetOperation(node) is IBinaryOperation { Type.SpecialType: SpecialType.System_String } sum
                        && (Follows(Bare(sum.LeftOperand).Type) || Follows(Bare(sum.RightOperand).Type)),
                    _ => false,
                };
                if (follows)
                    yield return $"{file.Place(node)}: a number becomes text by the culture of the thread; interpolate it, {{number}}.";
            }
        }
    }

    /// <summary>Numbers that are read from texts elsewhere than in NumberText, the one place that says what a number is.</summary>
    public static IEnumerable<string> Numbers(CodeBase code) =>
        from file in code.Library
        where file.Path.StartsWith("src/Hebb/", StringComparison.Ordinal) && !file.Path.EndsWith("/NumberText.cs", StringComparison.Ordinal)
        from node in file.Tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        let method = (code.Model(file).GetOperation(node) as IInvocationOperation)?.TargetMethod
        where method is { Name: "TryParse" } && method.ContainingType.AllInterfaces.Any(one => one.Name == "INumberBase")
        select $"{file.Place(node)}: a number is read by {method.ContainingType.Name}.TryParse; call NumberText.TryRead.";

    /// <summary>Visible records whose text, which the compiler makes, holds numbers as the culture of the thread has them.</summary>
    public static IEnumerable<string> Records(CodeBase code) =>
        from file in code.Library
        from record in file.Tree.GetRoot().DescendantNodes().OfType<RecordDeclarationSyntax>()
        let type = code.Model(file).GetDeclaredSymbol(record) as INamedTypeSymbol
        where type is not null && IsVisible(type) && type.GetMembers("ToString").All(member => member.IsImplicitlyDeclared)
        from member in type.GetMembers()
        where member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public }
            && member is IPropertySymbol { GetMethod: not null, Parameters.IsEmpty: true } or IFieldSymbol
        where Follows((member as IPropertySymbol)?.Type ?? ((IFieldSymbol)member).Type)
        group member by (Place: file.Place(record), type.Name) into found
        select $"{found.Key.Place}: {found.Key.Name} prints {found.First().Name} by the culture of the thread; add "
            + "public override string ToString() => InvariantText.Of(this, PrintMembers).";

    private static bool IsVisible(INamedTypeSymbol type) =>
        type.DeclaredAccessibility == Accessibility.Public && (type.ContainingType is null || IsVisible(type.ContainingType));

    private static bool Follows(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        bool hasProvider = method.Parameters.Any(parameter => parameter.Type.Name is "IFormatProvider" or "CultureInfo");
        return !hasProvider && method.Name switch
        {
            "ToString" or "TryFormat" => Follows(call.Instance?.Type),
            "Join" or "Concat" or "Format" when method.ContainingType.SpecialType == SpecialType.System_String =>
                call.Arguments.Any(argument => Elements(argument.Value).Any(Follows)),
            "Append" or "AppendLine" or "AppendFormat" or "AppendJoin" or "Insert" when method.ContainingType.Name == "StringBuilder" =>
                call.Arguments.Any(argument => argument.Value is IInterpolatedStringHandlerCreationOperation made
                    ? made.Content.Descendants().OfType<IInterpolatedStringAppendOperation>().Any(HoldsNumber)
                    : argument.Parameter!.Name is not ("repeatCount" or "index") && Elements(argument.Value).Any(Follows)),
            "Write" or "WriteLine" when method.ContainingType.Name.EndsWith("Writer", StringComparison.Ordinal)
                && method.ContainingType.Name != "BinaryWriter" => call.Arguments.Any(argument => Elements(argument.Value).Any(Follows)),
            _ => false,
        };
    }

    private static bool HoldsNumber(IInterpolatedStringAppendOperation piece) =>
        piece.AppendCall is IInvocationOperation { TargetMethod.Name: "AppendFormatted" } call
        && Follows(Bare(call.Arguments[0].Value).Type);

    /// <summary>The type of a value, and of what it is a collection of.</summary>
    private static IEnumerable<ITypeSymbol?> Elements(IOperation value)
    {
        IOperation bare = Bare(value);
        yield return bare.Type;
        if (bare.Type is IArrayTypeSymbol array) yield return array.ElementType;
        foreach (IOperation item in bare.ChildOperations.Where(_ => bare is IArrayCreationOperation or ICollectionExpressionOperation))
        {
            foreach (IOperation element in item is IArrayInitializerOperation list ? list.ElementValues : [item])
                yield return Bare(element).Type;
        }
        if (bare.Type is not INamedTypeSymbol named || named.SpecialType == SpecialType.System_String) yield break;
        foreach (INamedTypeSymbol form in named.AllInterfaces.Append(named))
        {
            if (form.Name is "IEnumerable" or "ReadOnlySpan" or "Span" && form.TypeArguments.Length == 1)
                yield return form.TypeArguments[0];
        }
    }

    private static IOperation Bare(IOperation value) =>
        value is IConversionOperation { IsImplicit: true } cast ? Bare(cast.Operand) : value;

    /// <summary>Whether a value's own text follows the culture: signs, points and dates do.</summary>
    private static bool Follows(ITypeSymbol? type) => type switch
    {
        null => false,
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } some => Follows(some.TypeArguments[0]),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.Any(element => Follows(element.Type)),
        { TypeKind: TypeKind.Enum } => false,
        {
            SpecialType: SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_Int32 or SpecialType.System_Int64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal
            or SpecialType.System_DateTime
        } => true,
        { Name: "Half" or "Int128" or "BigInteger" or "TimeSpan" or "DateTimeOffset" } => true,
        _ => false,
    };
}
