using System.CommandLine;
using System.Globalization;
using Hebb.Kernels;

namespace Hebb.Cli;

/// <summary>hebb bench [W...]: times workloads, each on one JSON line or one line of a table.</summary>
internal sealed class BenchCommand : ICommand
{
    private const int ProfiledSteps = 101;

    private readonly Argument<string[]> _workloads = new("W")
    {
        Description = "Workloads; all by default.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<int?> _threads = SharedOptions.Threads();

    private readonly Option<double?> _seconds =
        SharedOptions.Number<double>("--seconds", "Seconds for each workload after warm-up; 3 by default.");

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "How steps run: eager or compiled.",
        DefaultValueFactory = _ => "compiled",
    };

    private readonly Option<bool> _profile = new("--profile") { Description = "Measure each op of a compiled step." };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object for each workload." };

    public Command Build()
    {
        Command command = new("bench", "Time the workloads that are compared with other frameworks.")
        {
            _workloads, _threads, _seconds, _mode, _profile, _json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Abandonable.Run(() => Run(parsed, cancellation), cancellation)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        SharedOptions.UseThreads(parsed.GetValue(_threads));
        double seconds = parsed.GetValue(_seconds) ?? 3;
        Usage.Require(seconds > 0 && double.IsFinite(seconds), $"--seconds is {seconds}, but a time is a positive number.");
        string mode = parsed.GetValue(_mode)!;
        Usage.Require(mode is "eager" or "compiled", $"--mode is '{mode}', but steps run eager or compiled; choose one of these.");
        string[] names = parsed.GetValue(_workloads) is { Length: > 0 } chosen ? chosen : [.. Workloads.Names];
        foreach (string name in names)
        {
            Usage.Require(
                Workloads.Names.Contains(name),
                $"There is no workload '{name}'; choose among {string.Join(", ", Workloads.Names)}.");
        }
        TextWriter output = parsed.InvocationConfiguration.Output;
        foreach (string name in names)
        {
            Workload workload = Workloads.Build(name, mode == "compiled")!;
            Timing timing = Stopwatches.Time(workload.Step, seconds, cancellation);
            if (parsed.GetValue(_profile)) Show(output, workload);
            output.WriteLine(parsed.GetValue(_json) ? Json(workload, mode, timing) : Text(workload, timing));
        }
        return Tool.Done;
    }

    /// <summary>The table of a profile, ops in the order in which they run.</summary>
    private static void Show(TextWriter output, Workload workload)
    {
        if (workload.Profile is null)
        {
            output.WriteLine($"{workload.Name} has no compiled step to profile.");
            return;
        }
        output.WriteLine(
            $"{"op",-44} {"layers",-9} {"result",-24} {"µs",9} {"share",6} {"GFLOP/s",8} {"GB/s",7} {"ns/element",10} {"unfused",10}");
        foreach (ProfileLine line in workload.Profile(ProfiledSteps))
        {
            double? unfused = line.Apart / line.Microseconds * line.NanosecondsPerElement;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Op,-44} {line.Layers,-9} {line.Output?.ToString() ?? "",-24} {line.Microseconds,9:0.00} {line.Share,6:0.0%} "
                + $"{line.Gflops,8:0.0} {line.GigabytesPerSecond,7:0.0} {line.NanosecondsPerElement,10:0.000} {unfused,10:0.000}"));
        }
    }

    private static double? Gflops(Workload workload, Timing timing) => workload.Flops / timing.Min / 1e6;

    private static string Text(Workload workload, Timing timing)
    {
        string rate = Gflops(workload, timing) is { } gflops ? $"  {gflops:0.0} GFLOP/s" : "";
        return $"{workload.Name,-24} median {timing.Median,10:0.0000} ms  min {timing.Min,10:0.0000} ms  first {timing.First,7:0.0} ms  "
            + $"{timing.Steps,6} steps  {timing.AllocatedBytesPerStep,10:#,0} bytes a step{rate}";
    }

    private static string Json(Workload workload, string mode, Timing timing) => JsonLine.Of(json =>
    {
        json.WriteString("workload", workload.Name);
        json.WriteString("engine", $"hebb {Tool.Version}");
        json.WriteString("mode", mode);
        json.WriteNumber("threads", Team.Threads);
        json.WriteString("unit", "ms/step");
        JsonLine.Number(json, "median", timing.Median);
        JsonLine.Number(json, "min", timing.Min);
        json.WriteNumber("steps", timing.Steps);
        json.WriteNumber("items", workload.Items);
        json.WriteNumber("allocated_bytes_per_step", timing.AllocatedBytesPerStep);
        if (workload.Parameters is { } parameters) json.WriteNumber("parameters", parameters);
        if (Gflops(workload, timing) is { } gflops) JsonLine.Number(json, "gflops", gflops);
    });
}
