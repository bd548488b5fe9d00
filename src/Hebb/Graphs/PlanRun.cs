using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hebb;

/// <summary>A plan with memory: it runs again and again without allocating. One thread uses it at a time.</summary>
internal sealed class PlanRun
{
    private const int Alignment = 64;

    private readonly Plan _plan;
    private readonly Instruction[] _steps, _effects;
    private readonly Storage[] _arguments;
    private readonly Tensor[] _held;
    private readonly Tensor[] _results;
    private readonly (Rng Stream, ulong Count)[] _draws;

    public PlanRun(Plan plan)
    {
        _plan = plan;
        if (plan.Memory.Bytes > Array.MaxLength - Alignment)
            throw new TraceException($"A recording needs one block of {plan.Memory.Bytes >> 20} MiB for its intermediates, "
                + $"but a block holds at most {Array.MaxLength >> 20} MiB; take smaller batches, or run it eagerly.");
        (byte[] block, int start) = NewBlock(plan.Memory.Bytes);
        Bytes = block.Length;
        Dictionary<Storage, Storage> memory = [];
        foreach ((Storage storage, int at) in plan.Memory.Places)
            memory.Add(storage, Storage.Planned(storage.DType, storage.Length, block, start + at));
        _arguments = [.. plan.Graph.Arguments.Select(argument =>
            memory[argument.Storage] = Storage.Borrower(argument.DType, argument.Storage.Length))];
        _held = new Tensor[_arguments.Length];
        Tensor Bound(Tensor tensor)
        {
            Storage stands = plan.Aliases.Of(tensor.Storage);
            if (memory.TryGetValue(stands, out Storage? storage)) return new Tensor(storage, tensor.Spec, tensor.Offset);
            return stands == tensor.Storage ? tensor : new Tensor(stands, tensor.Spec, tensor.Offset);
        }
        Instruction[] Bind(IReadOnlyList<PlanStep> steps) => [.. steps.Select(step => Instruction.Of(step, Bound))];
        _steps = Bind(plan.Steps);
        _effects = Bind(plan.Effects);
        GiveWorkingMemory();
        _results = [.. plan.Graph.Results.Select(Bound)];
        _draws = [.. plan.Graph.Draws.Select(draw => (draw.Key, draw.Value))];
    }

    /// <summary>How much memory it holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>A result of the last run; the next run overwrites it.</summary>
    public Tensor Result(int i) => _results[i];

    /// <summary>Computes the results for arguments that fit, and changes nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Compute(params ReadOnlySpan<Tensor> arguments)
    {
        Bind(arguments);
        Run(_steps);
    }

    /// <summary>
    /// Computes the results as <see cref="Compute"/> does, and adds to each op's list how many ticks of the clock it took.
    /// </summary>
    public void Measure(List<long>[] ticks, params ReadOnlySpan<Tensor> arguments)
    {
        Bind(arguments);
        for (int i = 0; i < _steps.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            _steps[i].Kernel.Run();
            ticks[i].Add(Stopwatch.GetTimestamp() - start);
        }
    }

    /// <summary>What op i does and moves, for a time in microseconds.</summary>
    /// <param name="i">Which op.</param>
    /// <param name="microseconds">Its time.</param>
    /// <param name="total">The time of all.</param>
    /// <param name="single">The times of ops that run by themselves, by the memory of their first result.</param>
    public ProfileLine Line(int i, double microseconds, double total, IReadOnlyDictionary<Storage, double> single)
    {
        PlanStep step = _steps[i].Step;
        double bytes = step.Inputs.Concat(step.Outputs).Sum(tensor => (double)tensor.Spec.Extent * tensor.DType.Size);
        Storage[] parts = [.. step.Parts.Where(part => !part.IsEffect).Select(part => part.Outputs[0].Storage)];
        return new ProfileLine(
            step.Name, step.Outputs.Count > 0 ? step.Outputs[0].Spec : null, step.Elements, microseconds, microseconds / total,
            step.Flops() / (1e3 * microseconds), bytes / (1e3 * microseconds),
            parts.Length > 1 ? parts.Sum(part => single[part]) : null)
        {
            Layers = string.Join('+', parts.Select(_plan.Graph.PlaceOf).Where(place => place.Length > 0).Distinct()),
        };
    }

    /// <summary>The memory of op i's first result in the graph; null for an effect.</summary>
    public Storage? Made(int i) => _steps[i].Step.IsEffect ? null : _steps[i].Step.Outputs[0].Storage;

    /// <summary>How many ops compute.</summary>
    public int Count => _steps.Length;

    /// <summary>Changes what the graph changes outside, with what was computed last, and moves on in the random streams.</summary>
    public void Commit()
    {
        Run(_effects);
        foreach ((Rng stream, ulong count) in _draws) stream.Position += count;
    }

    /// <summary>Lets go of the arguments, and with them of results that are views of them.</summary>
    public void Release() => Array.Clear(_held);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(Instruction[] steps)
    {
        foreach (Instruction step in steps) step.Kernel.Run();
    }

    /// <summary>Results may be views of the arguments, so these are held until the next run.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Bind(ReadOnlySpan<Tensor> arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            _held[i] = arguments[i];
            _arguments[i].Borrow(arguments[i].Storage, arguments[i].Offset);
        }
    }

    /// <summary>Kernels run one after the other, so all use the same working memory.</summary>
    private void GiveWorkingMemory()
    {
        long most = _steps.Concat(_effects).Select(step => step.Kernel.WorkingBytes).DefaultIfEmpty().Max();
        if (most == 0) return;
        if (most > Array.MaxLength - Alignment)
            throw new TraceException($"An op of a recording needs {most >> 20} MiB of working memory, "
                + $"but a block holds at most {Array.MaxLength >> 20} MiB; take smaller batches, or run it eagerly.");
        (byte[] block, int start) = NewBlock(most);
        Bytes += block.Length;
        foreach (Instruction step in _steps.Concat(_effects)) step.Kernel.Place(block, start);
    }

    private static (byte[] Block, int Start) NewBlock(long bytes)
    {
        byte[] block = GC.AllocateUninitializedArray<byte>((int)bytes + Alignment, pinned: true);
        return (block, (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(block, 0) & (Alignment - 1)));
    }

    /// <summary>A step and its kernel on tensors with memory.</summary>
    private readonly record struct Instruction(PlanStep Step, BoundKernel Kernel)
    {
        public static Instruction Of(PlanStep step, Func<Tensor, Tensor> bound)
        {
            IBackend backend = EngineContext.Current.Backend;
            Tensor[] inputs = [.. step.Inputs.Select(bound)], outputs = [.. step.Outputs.Select(bound)];
            OpCall call = new([.. inputs.Select(input => input.Spec)], [.. outputs.Select(output => output.Spec)]);
            Kernel kernel = step.Bind(backend, ref call);
            return new Instruction(step, new BoundKernel(kernel, call, backend, inputs, outputs));
        }
    }
}
