using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Hebb.Docs.Tests;

/// <summary>Compiles a snippet as a reader's own program would be, against the built library, and runs it in this process.</summary>
internal static class SnippetRunner
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>The feature lets a program of one file begin with directives such as <c>#:project</c>.</summary>
    private static readonly CSharpParseOptions s_language = new CSharpParseOptions(LanguageVersion.Latest)
        .WithFeatures([KeyValuePair.Create("FileBasedProgram", "true")]);

    private static readonly MetadataReference[] s_references = References();
    private static readonly SemaphoreSlim s_console = new(1);

    /// <summary>The errors of a snippet, and the assembly if there are none.</summary>
    public static (IReadOnlyList<string> Errors, byte[] Assembly) Compile(Snippet snippet)
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(snippet.Code, s_language, snippet.ToString());
        bool program = tree.GetRoot().ChildNodes().OfType<GlobalStatementSyntax>().Any();
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(Usings, s_language), tree],
            s_references,
            new CSharpCompilationOptions(
                program ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream bytes = new();
        string[] errors = [.. compilation.Emit(bytes).Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.ToString())];
        return (errors, bytes.ToArray());
    }

    /// <summary>What a compiled snippet prints when it is started with some arguments.</summary>
    /// <exception cref="TimeoutException">It ran for more than a minute.</exception>
    public static async Task<string> Run(byte[] assembly, params string[] arguments)
    {
        AssemblyLoadContext context = new("Snippet", isCollectible: true);
        await s_console.WaitAsync();
        TextWriter before = Console.Out;
        using StringWriter output = new();
        Console.SetOut(output);
        try
        {
            using MemoryStream bytes = new(assembly);
            System.Reflection.MethodInfo main =
                context.LoadFromStream(bytes).EntryPoint ?? throw new InvalidOperationException("The snippet has no statements to run.");
            await Task.Run(() => main.Invoke(null, main.GetParameters().Length == 0 ? null : [arguments]))
                .WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            Console.SetOut(before);
            s_console.Release();
            context.Unload();
        }

        return output.ToString().ReplaceLineEndings("\n");
    }

    private static MetadataReference[] References()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        IEnumerable<string> own = Directory.EnumerateFiles(AppContext.BaseDirectory, "Hebb*.dll")
            .Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal));
        return
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(file => Path.GetDirectoryName(file) == framework).Concat(own).Select(file => MetadataReference.CreateFromFile(file)),
        ];
    }
}
