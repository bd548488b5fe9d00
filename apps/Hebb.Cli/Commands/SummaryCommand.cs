using System.CommandLine;
using Hebb.Diagnostics;
using Hebb.Layers;
using Hebb.Losses;
using Hebb.Models;
using Hebb.Optim;
using Hebb.Training;

namespace Hebb.Cli;

/// <summary>hebb summary MODEL: a table of its layers.</summary>
internal sealed class SummaryCommand : ICommand
{
    private readonly Argument<string> _model = new("MODEL")
    {
        Description = $"A ready model, {string.Join(", ", ReadyModels.Names)}, "
            + "its layers, such as '[[conv3-32 relu]*2 pool2]*2 fc128 relu fc', or a run folder that 'train' wrote.",
    };
    private readonly Option<string?> _input = new("--input")
    {
        Description = "The shape of one input, such as 3x32x32 or 13; 1x28x28 by default, and 50 words for a model of texts.",
    };
    private readonly Option<int?> _tokens =
        SharedOptions.Number<int>("--tokens", "For a model of texts: how many words its vocabulary has; 10,000 by default.");
    private readonly Option<int?> _classes = SharedOptions.Number<int>("--classes", "Outputs; 10 by default.");
    private readonly Option<int?> _batch = SharedOptions.Number<int>("--batch", "Samples in a batch; 1 by default.");

    private readonly Option<string?> _graph =
        new("--graph") { Description = "A file for the recorded ops: a picture (.svg), for Graphviz (.dot), or text (.txt)." };
    private readonly Option<bool> _training = new("--training")
    {
        Description = "Record a training step, with loss, gradients and update, instead of a forward pass.",
    };

    private readonly Option<string> _optimizer = new("--optimizer")
    {
        Description = $"What updates the parameters in a training step: {string.Join(", ", ReadyOptimizers.Names)}.",
        DefaultValueFactory = _ => "adam",
    };
    private readonly Option<string> _loss = new("--loss")
    {
        Description = $"What a training step makes small: {string.Join(", ", ReadyLosses.Names)}.",
        DefaultValueFactory = _ => "cross-entropy",
    };

    public Command Build()
    {
        Command command = new("summary", "Show a model's layers, sizes and costs.")
        {
            _model, _input, _tokens, _classes, _batch, _graph, _training, _loss, _optimizer,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Abandonable.Run(() => Run(parsed), cancellation)));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string name = parsed.GetValue(_model)!;
        RunDescription? run = null;
        if (Directory.Exists(name))
        {
            run = TrainedModel.Read(name, ReadyModels.Build).Description;
            Usage.Require((parsed.GetValue(_input), parsed.GetValue(_tokens), parsed.GetValue(_classes)) is (null, null, null),
                $"--input, --tokens or --classes was given for '{name}', a run that has its own; leave them out.");
            name = run.Model;
        }
        bool isForTexts = ReadyModels.AreTokens(name);
        Usage.Require(isForTexts || parsed.GetValue(_tokens) is null,
            $"--tokens was given, but the model '{name}' works on measurements; leave it out.");
        Shape input = run is not null ? [.. run.InputShape] : Parse(parsed.GetValue(_input) ?? (isForTexts ? "50" : "1x28x28"));
        int? tokens = run is not null ? run.TokenCount : isForTexts ? parsed.GetValue(_tokens) ?? 10_000 : null;
        int outputs = run?.Names.Count ?? parsed.GetValue(_classes) ?? 10;
        int batch = parsed.GetValue(_batch) ?? 1;
        Usage.Require(batch >= 1, $"--batch is {batch}, but a batch has at least 1 sample.");
        string? graph = parsed.GetValue(_graph);
        if (graph is not null) GraphFile.Require(graph);
        Usage.Require(graph is not null || !parsed.GetValue(_training),
            "--training was given without --graph, whose file it changes; name a file with --graph, such as step.svg.");
        Loss loss = Usage.Of(() => ReadyLosses.Make(parsed.GetValue(_loss)!));
        Module model = Usage.Of(() => run is not null ? ReadyModels.Build(run) : ReadyModels.Build(name, input, outputs, tokens));
        TensorSpec samples = new(isForTexts ? DType.Int64 : DType.Float32, input.Insert(0, batch));
        ModelSummary summary = Usage.Of(() => ModelSummary.Of(model, samples));

        TextWriter output = parsed.InvocationConfiguration.Output;
        if (Architecture.IsNotation(name) && Architecture.Parse(name).Expanded() is var layers && layers != name)
            output.WriteLine($"{name} stands for {layers}");
        output.WriteLine(summary);
        Optimizer optimizer = Usage.Of(() => ReadyOptimizers.Make(parsed.GetValue(_optimizer)!, model));
        ModelGraph step = ModelGraph.OfTraining(model, loss, samples, optimizer);
        ModelGraph forward = ModelGraph.OfForward(model, samples);
        PlanMemory memory = step.Graph.Memory();
        output.WriteLine(
            $"A compiled training step with the loss {parsed.GetValue(_loss)} keeps its intermediates and gradients "
            + $"in {Kibibytes(memory.BlockBytes)}{(memory.LiveBytes == memory.BlockBytes ? ", all of which are in use at once"
                : $", of which at most {Kibibytes(memory.LiveBytes)} are in use at once")}. "
            + $"A compiled forward pass needs {Kibibytes(forward.Graph.Memory().BlockBytes)}.");
        if (graph is not null) GraphFile.Write(graph, parsed.GetValue(_training) ? step : forward);
        foreach (Finding finding in Doctor.Examine(model, loss, samples)) output.WriteLine($"finding on layer {finding}");
        foreach (Finding hint in Doctor.Hints(model)) output.WriteLine($"hint on layer {hint}");
        return Tool.Done;
    }

    private static string Kibibytes(long bytes) => $"{bytes / 1024.0:#,0.#} KiB";

    private static Shape Parse(string text)
    {
        string[] parts = text.Split('x');
        int[] sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
            Usage.Require(SharedOptions.IsCount(parts[i], out sizes[i]) && sizes[i] > 0,
                $"--input is '{text}', but it must be sizes joined by x, such as 3x32x32.");
        return Usage.Of(() => new Shape(sizes));
    }
}
