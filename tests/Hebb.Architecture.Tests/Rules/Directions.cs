using Hebb.Architecture.Tests.Model;
using Microsoft.CodeAnalysis;

namespace Hebb.Architecture.Tests.Rules;

/// <summary>Light falls one way: a room uses only rooms above it.</summary>
internal static class Directions
{
    public static IEnumerable<string> Violations(CodeBase code) =>
        from use in code.Uses
        let objection = HousePlan.Objection(use.From, use.To)
        where objection is not null
        select $"{use.Place}: {use.From} uses {use.Name}, but {objection}; move one of them.";

    /// <summary>Files of src/ and apps/ that lie in no room. A file right under src/ is a part of all libraries.</summary>
    public static IEnumerable<string> Homeless(CodeBase code) => code.Files
        .Where(file => file.Room is null && Path.GetDirectoryName(file.Path) != "src")
        .Select(file => $"{file.Path}: this folder is not in the house plan; put the file into one of its rooms, or add the room to "
            + $"{nameof(HousePlan)}.");

    /// <summary>Names that could not be understood: what they refer to would escape the other rules.</summary>
    public static IEnumerable<string> Blind(CodeBase code) =>
        from project in code.Projects
        from problem in project.GetDiagnostics()
        where problem.Id is "CS0246" or "CS0103" or "CS0234" && code.FileOf(problem.Location.SourceTree!) is { } file
            && file.Path.StartsWith("src/", StringComparison.Ordinal)
        select problem.ToString();
}
