using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Hebb.Architecture.Tests.House;

/// <summary>The public types of a project with their public and protected members, one a line.</summary>
internal static partial class PublicApi
{
    private static readonly SymbolDisplayFormat s_member = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints
            | SymbolDisplayGenericsOptions.IncludeVariance,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeConstantValue,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeModifiers | SymbolDisplayParameterOptions.IncludeDefaultValue,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_type =
        s_member.RemoveGenericsOptions(SymbolDisplayGenericsOptions.IncludeTypeConstraints);

    public static string Write(Compilation project)
    {
        StringBuilder text = new();
        foreach (INamedTypeSymbol type in Types(project.Assembly.GlobalNamespace).OrderBy(Title, StringComparer.Ordinal))
        {
            text.Append(Title(type)).Append(" : ").AppendJoin(", ", Kinds(type)).Append(Constraints(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol holder) =>
        holder.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .Where(member => member is INamespaceSymbol || IsOffered(member))
        .SelectMany(member => member is INamedTypeSymbol type ? type.IsExtension ? [] : Types(type).Prepend(type) : Types(member));

    private static string Title(INamedTypeSymbol type) =>
        (type.ContainingType is { } outer ? Title(outer) + "." : type.ContainingNamespace.ToDisplayString() + ".") + type.ToDisplayString(
            s_type);

    private static string Constraints(INamedTypeSymbol type) => type.ToDisplayString(s_member)[type.ToDisplayString(s_type).Length..];

    /// <summary>What kind of type it is, and what it derives from and implements.</summary>
    private static IEnumerable<string> Kinds(INamedTypeSymbol type)
    {
        string kind = type.TypeKind.ToString().ToLowerInvariant();
        string modifiers = type switch
        {
            { IsStatic: true } => "static ",
            { TypeKind: TypeKind.Class, IsAbstract: true } => "abstract ",
            { TypeKind: TypeKind.Class, IsSealed: true } => "sealed ",
            { IsReadOnly: true } => "readonly ",
            _ => "",
        };
        yield return modifiers + (type.IsRefLikeType ? "ref " : "") + (type.IsRecord ? "record " : "") + kind;
        if (type.BaseType is { SpecialType: SpecialType.None } parent) yield return parent.ToDisplayString(s_type);
        foreach (INamedTypeSymbol form in type.Interfaces.Where(
            form => form.DeclaredAccessibility == Accessibility.Public)) yield return form.ToDisplayString(s_type);
    }

    private static IEnumerable<string> Members(INamedTypeSymbol type)
    {
        if (type.DelegateInvokeMethod is { } invoke) return [
            invoke.ToDisplayString(s_member).Replace("virtual ", "", StringComparison.Ordinal)];
        IEnumerable<string> extensions = type.GetTypeMembers().Where(block => block.IsExtension).SelectMany(
            block => Members(block).Select(member => $"extension({block.ExtensionParameter?.ToDisplayString(s_member)}) {member}"));
        return type.GetMembers().Where(member => !member.IsImplicitlyDeclared && IsOffered(member) && member is not INamedTypeSymbol
                and not IMethodSymbol
                {
                    MethodKind: not (
                    MethodKind.Ordinary or MethodKind.Constructor or MethodKind.UserDefinedOperator or MethodKind.Conversion)
                })
            .Select(member => HiddenAccessor().Replace(member.ToDisplayString(s_member), "")).Concat(extensions);
    }

    [GeneratedRegex("(private|internal|private protected) (get|set|init); ")]
    private static partial Regex HiddenAccessor();

    private static bool IsOffered(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
