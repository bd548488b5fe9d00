namespace Hebb.Data;

/// <summary>
/// Turns a data set into batches of tensors, epoch by epoch, preparing the next batches on other threads. Which samples are in which batch
/// is a function of the sampler and the epoch alone, not of the threads.
/// </summary>
public sealed class DataLoader
{
    private readonly DataLoaderOptions _options;
    private readonly ISampler _sampler;

    /// <param name="data">The samples.</param>
    /// <param name="batchSize">Samples in a batch, at least 1.</param>
    /// <param name="options">Order, what to do with the last batch, element type.</param>
    /// <exception cref="ArgumentException">The batch size or an option is not allowed.</exception>
    public DataLoader(IDataset data, int batchSize, DataLoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        _options = options ?? new DataLoaderOptions();
        if (batchSize < 1) throw new ArgumentException($"The batch size is {batchSize}; it must be at least 1.", nameof(batchSize));
        if (_options.Ahead < 0) throw new ArgumentException($"{_options.Ahead} batches ahead were asked for; it must be 0 or more.", nameof(options));
        if (_options.DType is not (DType.Float32 or DType.Float64))
            throw new ArgumentException($"Inputs of type {_options.DType} were asked for; take Float32 or Float64.", nameof(options));
        if (_options is { IsShuffled: true, Sampler: not null })
            throw new ArgumentException("A sampler was given and shuffling asked for as well; choose one of them.", nameof(options));
        if (_options.Augmentations.Count > 0 && data.TokenCount is not null)
            throw new ArgumentException("Augmentations were given for inputs that are numbers of tokens, and they change measurements; leave them out.", nameof(options));
        Data = data;
        BatchSize = batchSize;
        _sampler = _options.Sampler ?? (_options.IsShuffled ? new ShuffledSampler(data.Count, _options.Seed) : new SequentialSampler(data.Count));
    }

    /// <summary>Samples in a batch; the last one may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>The samples.</summary>
    public IDataset Data { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int BatchCount => _options.DropsLast ? _sampler.Count / BatchSize : (int)(((long)_sampler.Count + BatchSize - 1) / BatchSize);

    /// <summary>The batches of an epoch in order. An error of the data set surfaces at the batch that it concerns.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="cancellation">Ends the loop before the next batch.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    public IEnumerable<Batch> Epoch(int epoch = 0, CancellationToken cancellation = default) => Epoch(epoch, firstBatch: 0, cancellation);

    /// <summary>The batches of an epoch from one on, at which an interrupted training resumes.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="firstBatch">The number of the first batch, from 0.</param>
    /// <param name="cancellation">Ends the loop before the next batch.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    public IEnumerable<Batch> Epoch(int epoch, int firstBatch, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        return Batches(epoch, firstBatch, cancellation);
    }

    private IEnumerable<Batch> Batches(int epoch, int firstBatch, CancellationToken cancellation)
    {
        int[] order = new int[_sampler.Count];
        _sampler.Fill(epoch, order);
        int count = BatchCount, next = firstBatch;
        Queue<Task<Batch>> ahead = new(_options.Ahead + 1);
        for (int batch = firstBatch; batch < count; batch++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_options.Ahead == 0)
            {
                yield return Make(order, batch, epoch);
                continue;
            }

            for (; next < count && next <= batch + _options.Ahead; next++)
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
        Shape shape = Data.InputShape.Insert(0, count);
        Tensor inputs = Data.TokenCount is not null ? Whole(shape, samples, Data.FillTokens) : Reals(shape, samples, (chosen, into) =>
        {
            Data.FillInputs(chosen, into);
            Augment(into, epoch, first);
        });
        if (!Data.Target.IsClass) return new Batch(inputs, Reals([count, Data.Target.Width], samples, Data.FillValues), samples);
        return new Batch(inputs, Whole([count], samples, Data.FillClasses), samples);
    }

    private void Augment(Span<float> inputs, int epoch, int first)
    {
        Shape shape = Data.InputShape;
        for (int i = 0; _options.Augmentations.Count > 0 && i * shape.Count < inputs.Length; i++)
        {
            SampleRandom random = new(_options.Seed, epoch, first + i);
            foreach (IAugmentation augmentation in _options.Augmentations) augmentation.Change(inputs.Slice(i * shape.Count, shape.Count), shape, random);
        }
    }

    private static Tensor Whole(Shape shape, ReadOnlyMemory<int> samples, Fetch<long> fetch)
    {
        Tensor tensor = new(new TensorSpec(DType.Int64, shape));
        fetch(samples.Span, tensor.Span<long>());
        GC.KeepAlive(tensor); // the memory of a tensor that nobody holds is lent again
        return tensor;
    }

    private Tensor Reals(Shape shape, ReadOnlyMemory<int> samples, Fetch<float> fetch)
    {
        Tensor tensor = new(new TensorSpec(_options.DType, shape));
        if (_options.DType == DType.Float32) fetch(samples.Span, tensor.Span<float>());
        else
        {
            float[] singles = new float[shape.Count];
            fetch(samples.Span, singles);
            Span<double> doubles = tensor.Span<double>();
            for (int i = 0; i < singles.Length; i++) doubles[i] = singles[i];
        }

        GC.KeepAlive(tensor);
        return tensor;
    }

    private delegate void Fetch<T>(ReadOnlySpan<int> samples, Span<T> into);
}
