// The _infer workloads of `hebb bench` in ONNX Runtime, one JSON object a line with the same keys.
// usage: OnnxRuntimePeer MODELS [--threads N] [--seconds S] [--list] [workload ...]      (default: all)
// MODELS is the folder in which onnx_export.py wrote the networks.
using System.Globalization;
using System.Text.Json;
using Hebb.Cli;
using Hebb.Peers;
using Microsoft.ML.OnnxRuntime;

CultureInfo Invariant = CultureInfo.InvariantCulture;
int threads = 2;
double seconds = 3;
bool lists = false;
List<string> chosen = [];
Queue<string> words = new(args);
if (!words.TryDequeue(out string? folder) || !Directory.Exists(folder))
    return Refuse($"There is no folder '{folder}' of networks; name the one that onnx_export.py wrote.");
while (words.TryDequeue(out string? word))
{
    switch (word)
    {
        case "--threads" when int.TryParse(Next(), Invariant, out threads) && threads > 0:
        case "--seconds" when double.TryParse(Next(), Invariant, out seconds) && seconds > 0:
            break;
        case "--list":
            lists = true;
            break;
        case ['-', ..]:
            return Refuse($"'{word}' is no option, or needs a positive number after it; there are --threads N, --seconds S and --list.");
        default:
            chosen.Add(word);
            break;
    }
}
string[] known = [.. Directory.GetFiles(folder, "*.onnx").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];
if (chosen.Find(name => !known.Contains(name, StringComparer.Ordinal)) is { } unknown)
    return Refuse($"There is no network '{unknown}' in {folder}; there are {string.Join(", ", known)}.");
if (lists)
{
    foreach (string name in known) Console.WriteLine(name);
    return 0;
}
foreach (string name in chosen.Count > 0 ? chosen : [.. known])
{
    using Inference inference = new(Path.Combine(folder, name + ".onnx"), threads);
    Timing timing = Stopwatches.Time(inference.Step, seconds, CancellationToken.None);
    Print(name, inference.Items, timing);
}
return 0;

void Print(string name, int items, Timing timing)
{
    using MemoryStream bytes = new();
    using (Utf8JsonWriter json = new(bytes))
    {
        json.WriteStartObject();
        json.WriteString("workload", name);
        json.WriteString("engine", $"onnxruntime {OrtEnv.Instance().GetVersionString()}");
        json.WriteNumber("threads", threads);
        json.WriteString("unit", "ms/step");
        json.WriteNumber("median", Math.Round(timing.Median, 6));
        json.WriteNumber("min", Math.Round(timing.Min, 6));
        json.WriteNumber("steps", timing.Steps);
        json.WriteNumber("items", items);
        json.WriteEndObject();
    }
    Console.WriteLine(System.Text.Encoding.UTF8.GetString(bytes.ToArray()));
}

string? Next() => words.TryDequeue(out string? word) ? word : null;

static int Refuse(string reason)
{
    Console.Error.WriteLine(reason);
    return 2;
}
