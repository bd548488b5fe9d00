using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Hebb.Peers;

/// <summary>
/// One network in ONNX Runtime with 16 fixed batches. Inputs and the result are bound once, so that a step is one call that copies nothing.
/// </summary>
internal sealed class Inference : IDisposable
{
    private const int Batches = 16;

    private readonly SessionOptions _settings = new()
    {
        GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        InterOpNumThreads = 1,
    };

    private readonly RunOptions _run = new();
    private readonly InferenceSession _session;
    private readonly List<OrtValue> _values = [];
    private readonly OrtIoBinding[] _bindings;
    private int _turn;

    public Inference(string file, int threads)
    {
        _settings.IntraOpNumThreads = threads;
        _settings.AddSessionConfigEntry("session.set_denormal_as_zero", "1");
        _session = new InferenceSession(file, _settings);
        (string input, NodeMetadata inputSpec) = _session.InputMetadata.Single();
        (string output, NodeMetadata outputSpec) = _session.OutputMetadata.Single();
        Items = inputSpec.Dimensions[0];
        Random random = new(0);
        OrtValue result = Allocate(outputSpec.Dimensions);
        _bindings = [.. Enumerable.Range(0, Batches).Select(_ =>
        {
            OrtValue batch = Allocate(inputSpec.Dimensions);
            foreach (ref float x in batch.GetTensorMutableDataAsSpan<float>()) x = random.NextSingle();
            OrtIoBinding binding = _session.CreateIoBinding();
            binding.BindInput(input, batch);
            binding.BindOutput(output, result);
            return binding;
        })];
    }

    /// <summary>Samples a step.</summary>
    public int Items { get; }

    /// <summary>Runs the network on the next batch.</summary>
    public void Step() => _session.RunWithBinding(_run, _bindings[_turn++ % Batches]);

    public void Dispose()
    {
        foreach (OrtIoBinding binding in _bindings) binding.Dispose();
        foreach (OrtValue value in _values) value.Dispose();
        _session.Dispose();
        _run.Dispose();
        _settings.Dispose();
    }

    private OrtValue Allocate(int[] shape)
    {
        long[] sizes = [.. shape.Select(size => (long)size)];
        OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, sizes);
        _values.Add(value);
        return value;
    }
}
