using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Hebb.Architecture.Tests.Model;

/// <summary>The sources of a set of projects, compiled in memory so that names can be asked what they mean.</summary>
internal sealed class CodeBase
{
    private static readonly Lazy<CodeBase> s_repository = new(Load);
    private static readonly MetadataReference[] s_framework = Framework();
    private readonly Dictionary<SyntaxTree, SourceFile> _files = [];
    private readonly ConcurrentDictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly Lazy<IReadOnlyList<Use>> _uses;

    private CodeBase(IEnumerable<(string Path, string Text)> sources, IReadOnlyDictionary<string, string[]> friends)
    {
        List<MetadataReference> references = [.. s_framework];
        List<CSharpCompilation> projects = [];
        ILookup<string, SourceFile> byProject = sources.Select(source => new SourceFile(source.Path, source.Text))
            .ToLookup(file => string.Join('/', file.Path.Split('/').Take(2)));
        foreach (string project in byProject.Select(group => group.Key).OrderBy(Order))
        {
            SourceFile[] files = [.. byProject[project].OrderBy(file => file.Path, StringComparer.Ordinal)];
            foreach (SourceFile file in files) _files[file.Tree] = file;
            CSharpCompilation compiled = CSharpCompilation.Create(
                project.Split('/')[1],
                [.. files.Select(file => file.Tree), Implied(friends.GetValueOrDefault(project, []))],
                references,
                new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
            projects.Add(compiled);
            references.Add(compiled.ToMetadataReference());
        }

        Projects = projects;
        _uses = new(() => Use.In(this));
    }

    /// <summary>The projects of src/ and apps/ of this repository.</summary>
    public static CodeBase OfRepository => s_repository.Value;

    public IReadOnlyList<CSharpCompilation> Projects { get; }

    public IEnumerable<SourceFile> Files => _files.Values;

    /// <summary>All uses between different rooms.</summary>
    public IReadOnlyList<Use> Uses => _uses.Value;

    /// <summary>The files of src/ only.</summary>
    public IEnumerable<SourceFile> Library => Files.Where(file => file.Path.StartsWith("src/", StringComparison.Ordinal));

    /// <summary>A made-up set of sources.</summary>
    public static CodeBase Of(params (string Path, string Text)[] sources) => new(sources, new Dictionary<string, string[]>());

    /// <summary>The file of a piece of syntax; null for what the build adds.</summary>
    public SourceFile? FileOf(SyntaxTree tree) => _files.GetValueOrDefault(tree);

    /// <summary>What the names in a file mean; kept, because it remembers what it was asked.</summary>
    public SemanticModel Model(SourceFile file) => _models.GetOrAdd(
        file.Tree, tree => Projects.First(project => project.ContainsSyntaxTree(tree)).GetSemanticModel(tree));

    /// <summary>C# files under a folder of this repository, without build output.</summary>
    public static IEnumerable<string> PathsUnder(string folder, string pattern = "*.cs") =>
        !Directory.Exists(Repository.At(folder)) ? [] : Directory.EnumerateFiles(
            Repository.At(folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static CodeBase Load()
    {
        Dictionary<string, string[]> friends = [];
        foreach (string project in PathsUnder("src", "*.csproj").Concat(PathsUnder("apps", "*.csproj")))
        {
            friends[Path.GetDirectoryName(project)!.Replace('\\', '/')] = [.. XDocument.Load(Repository.At(project))
                .Descendants("InternalsVisibleTo").Select(friend => friend.Attribute("Include")!.Value)];
        }

        return new(PathsUnder("src").Concat(PathsUnder("apps")).Select(path => (path, File.ReadAllText(Repository.At(path)))), friends);
    }

    private static int Order(string project)
    {
        Room? first = HousePlan.Rooms.FirstOrDefault(room => (room.Folder + "/").StartsWith(project + "/", StringComparison.Ordinal));
        return first is null ? int.MaxValue : HousePlan.Level(first);
    }

    /// <summary>What the build adds to a project: the implicit usings and the friends.</summary>
    private static SyntaxTree Implied(string[] friends) => new SourceFile("", $"""
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        {string.Concat(friends.Select(friend => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend}\")]\n"))}
        """).Tree;

    private static MetadataReference[] Framework()
    {
        string folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string all = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        return [.. all.Split(Path.PathSeparator).Where(path => Path.GetDirectoryName(path) == folder)
            .Select(path => MetadataReference.CreateFromFile(path))];
    }
}
