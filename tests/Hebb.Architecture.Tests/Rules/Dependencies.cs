using System.Xml.Linq;
using Hebb.Architecture.Tests.Model;

namespace Hebb.Architecture.Tests.Rules;

/// <summary>What project files may refer to.</summary>
internal static class Dependencies
{
    /// <summary>Projects of the house and what each may reference, projects and packages; analyzers aside.</summary>
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["Hebb.Kernels"] = [],
        ["Hebb"] = ["Hebb.Kernels"],
        ["Hebb.Neurons"] = ["Hebb", "Hebb.Kernels"],
        ["Hebb.Classics"] = ["Hebb", "Hebb.Kernels"],
        ["Hebb.Plots"] = [],
        ["Hebb.Exchange"] = ["Hebb", "Google.Protobuf", "Grpc.Tools"],
        ["Hebb.Cli"] = ["Hebb", "Hebb.Kernels", "Hebb.Neurons", "Hebb.Classics", "Hebb.Plots", "Hebb.Exchange", "System.CommandLine",
            "Spectre.Console", "StbImageSharp"],
    };

    /// <summary>References that a project file must not have, and safety switches that it must not turn.</summary>
    public static IEnumerable<string> Violations(string path, string text)
    {
        XDocument project = XDocument.Parse(text);
        string name = Path.GetFileNameWithoutExtension(path);
        string[] allowed = s_allowed.GetValueOrDefault(name, []);
        foreach (string used in project.Descendants("ProjectReference").Select(item => Path.GetFileNameWithoutExtension(Target(item)))
            .Concat(project.Descendants("PackageReference").Where(item => item.Attribute("PrivateAssets")?.Value != "all").Select(Target)))
        {
            if (!allowed.Contains(used)) yield return $"{path}: {name} must not reference {used}; it may reference "
                + $"{(allowed is [] ? "nothing" : string.Join(", ", allowed))}.";
        }

        if (name != "Hebb.Kernels" && project.Descendants("AllowUnsafeBlocks").Any(item => item.Value == "true"))
        {
            yield return $"{path}: only Hebb.Kernels allows unsafe blocks.";
        }

        foreach (XElement item in project.Descendants().Where(item => item.Name.LocalName is "NoWarn" or "WarningsNotAsErrors"))
        {
            yield return $"{path}: {item.Name.LocalName} switches a warning off; mend what it warns of.";
        }
    }

    private static string Target(XElement item) => item.Attribute("Include")!.Value.Replace('\\', '/');
}
