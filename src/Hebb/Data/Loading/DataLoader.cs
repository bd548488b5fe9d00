using Hebb.Losses;

namespace Hebb.Data;

/// <summary>
/// Turns a data set into batches of tensors, epoch by epoch, preparing the next batches on other threads. Which samples are in which batch
/// is a function of the sampler and the epoch alone, not of the threads.
/// </summary>
public sealed class DataLoader
{
    private readonly DataLoaderOptions _options;
    private readonly ISampler _sampler;
    private readonly BatchLayout _layout;

    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples in a batch, at least 1.</param>
    /// <param name="options">Order, what to do with the last batch, element type.</param>
    /// <exception cref="ArgumentException">The batch size or an option is not allowed.</exception>
    public DataLoader(IDataset data, int batchSize, DataLoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        _options = options ?? new DataLoaderOptions();
        string kind = data.GetType().Name;
        if (data.Fields is not { Count: > 0 } fields || fields.Contains(null!))
            throw new ArgumentException($"{kind}.Fields is empty or holds null; declare an input and a target.", nameof(data));
        if (data.Count < 0) throw new ArgumentException($"{kind}.Count is {data.Count}; give 0 or more.", nameof(data));
        if (batchSize < 1) throw new ArgumentException($"The batch size is {batchSize}; it must be at least 1.", nameof(batchSize));
        if (_options.Ahead < 0)
            throw new ArgumentException($"{_options.Ahead} batches ahead were asked for; it must be 0 or more.", nameof(options));
        if (_options.DType is not (DType.Float32 or DType.Float64))
            throw new ArgumentException($"Inputs of type {_options.DType} were asked for; take Float32 or Float64.", nameof(options));
        if (_options is { IsShuffled: true, Sampler: not null })
            throw new ArgumentException("A sampler was given and shuffling asked for as well; choose one of them.", nameof(options));
        if (_options.Augmentations.Contains(null!))
            throw new ArgumentException("An augmentation is null; give augmentations, or leave it out.", nameof(options));
        if (_options.Sampler is { Count: < 0 } odd)
            throw new ArgumentException($"{odd.GetType().Name}.Count is {odd.Count}; give 0 or more.", nameof(options));
        if (_options.Augmentations.Count > 0 && data.Fields.FirstOrDefault(field => field.Role == FieldRole.Input)?.DType != DType.Float32)
            throw new ArgumentException("Augmentations were given for inputs that are numbers of tokens, and they change measurements; "
                + "leave them out.", nameof(options));
        if (_options.BucketLengths.Zip(_options.BucketLengths.Skip(1)).Any(pair => pair.First >= pair.Second)
            || _options.BucketLengths.Any(length => length < 1))
            throw new ArgumentException(
                $"The bucket lengths {InvariantText.Join(", ", _options.BucketLengths)} were given; give positive ones that rise.",
                nameof(options));
        Data = data;
        BatchSize = batchSize;
        _layout = BatchMemory.Layout(data.Fields);
        _sampler = _options.Sampler
            ?? (_options.IsShuffled ? new ShuffledSampler(data.Count, _options.Seed) : new SequentialSampler(data.Count));
    }

    /// <summary>Samples in a batch; the last one may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>The samples.</summary>
    public IDataset Data { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int BatchCount => _options.DropsLast ? _sampler.Count / BatchSize : (int)(((long)_sampler.Count + BatchSize - 1) / BatchSize);

    /// <summary>Samples of the last batch.</summary>
    internal int LastBatchSize => _options.DropsLast || _sampler.Count % BatchSize == 0 ? BatchSize : _sampler.Count % BatchSize;

    /// <summary>Such as <c>DataLoader(1000 samples in 16 batches of 64, shuffled: input float32[1, 28, 28], target int64[])</c>.</summary>
    public override string ToString() =>
        $"DataLoader({_sampler.Count} samples in {BatchCount} batches of {BatchSize}{(_options.IsShuffled ? ", shuffled" : "")}: "
            + $"{string.Join(", ", Data.Fields)})";

    /// <summary>
    /// The batches of an epoch in order, as <c>foreach (Batch batch in loader.Epoch(epoch))</c> in a loop over the epochs visits them.
    /// An error of the data set surfaces at the batch that it concerns.
    /// </summary>
    /// <param name="epoch">
    /// The epoch's number, from 0. It chooses the order and the augmentations, so the same number gives the same batches; where neither is
    /// asked for, as in evaluation, any number does.
    /// </param>
    /// <param name="cancellation">Ends the loop before the next batch.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    public IEnumerable<Batch> Epoch(int epoch, CancellationToken cancellation = default) => Epoch(epoch, firstBatch: 0, cancellation);

    /// <summary>The batches of an epoch from one on, at which an interrupted training resumes.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="firstBatch">The number of the first batch, from 0.</param>
    /// <param name="cancellation">Ends the loop before the next batch.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int firstBatch, CancellationToken cancellation = default)
    {
        Argument.AtLeast(epoch, 0);
        Argument.AtLeast(firstBatch, 0);
        return Batches(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch> Batches(int epoch, int firstBatch, CancellationToken cancellation)
    {
        int[] order = Arrays.Of<int>(_sampler.Count);
        _sampler.Fill(epoch, order);
        foreach (int sample in order)
        {
            if ((uint)sample >= (uint)Data.Count)
                throw new ArgumentException(
                    $"{_sampler.GetType().Name}.Fill wrote the sample {sample} of a data set of {Data.Count}; "
                    + "write indices from 0, and make the sampler for this set.");
        }
        int count = BatchCount, next = firstBatch;
        Queue<Task<Batch>> ahead = new();
        for (int batch = firstBatch; batch < count; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_options.Ahead == 0)
            {
                yield return Make(order, batch, epoch);
                continue;
            }

            for (; next < count && next - batch <= _options.Ahead; next++)
            {
                int number = next;
                ahead.Enqueue(Task.Run(() => Make(order, number, epoch), CancellationToken.None));
            }

            yield return ahead.Dequeue().GetAwaiter().GetResult();
        }
    }

    private Batch Make(int[] order, int batch, int epoch)
    {
        int first = batch * BatchSize, count = Math.Min(BatchSize, order.Length - first);
        ReadOnlyMemory<int> samples = order.AsMemory(first, count);
        BatchMemory memory = new(Data, samples.Span, _options.DType, _options.BucketLengths, _layout);
        Data.Fill(samples.Span, memory);
        if (_options.Augmentations.Count > 0)
        {
            for (int i = 0; i < count; i++)
                Augment(memory.Input<float>(i), memory.InputShape(i), new SampleRandom(_options.Seed, epoch, first + i));
        }
        Batch made = memory.Batch(samples);
        _ = LossTerms.Weights(made.Weights, "weights of samples");
        return made;
    }

    private void Augment(Span<float> input, Shape shape, SampleRandom random)
    {
        foreach (IAugmentation augmentation in _options.Augmentations) augmentation.Change(input, shape, random);
    }
}
