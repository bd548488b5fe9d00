namespace Hebb.Data;

/// <summary>
/// Turns a data set into batches of tensors, epoch by epoch, preparing the next batches on other threads. Which samples are in which batch
/// is a function of the sampler and the epoch alone, not of the threads.
/// </summary>
public sealed class Loader
{
    private readonly LoaderOptions _options;
    private readonly ISampler _sampler;

    /// <param name="data">The samples.</param>
    /// <param name="options">Batch size, order, what to do with the last batch.</param>
    /// <exception cref="ArgumentException">The batch size or the element type is not allowed.</exception>
    public Loader(IDataset data, LoaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        _options = options ?? new LoaderOptions();
        if (_options.BatchSize < 1) throw new ArgumentException($"The batch size is {_options.BatchSize}; it must be at least 1.", nameof(options));
        if (_options.Ahead < 0) throw new ArgumentException($"{_options.Ahead} batches ahead were asked for; it must be 0 or more.", nameof(options));
        if (_options.DType is not (DType.Float32 or DType.Float64))
            throw new ArgumentException($"Inputs of type {_options.DType} were asked for; take Float32 or Float64.", nameof(options));
        Data = data;
        _sampler = _options.Sampler ?? new SequentialSampler(data.Count);
    }

    /// <summary>The samples.</summary>
    public IDataset Data { get; }

    /// <summary>The number of batches of an epoch.</summary>
    public int BatchCount => _options.DropLast
        ? _sampler.Count / _options.BatchSize
        : (int)(((long)_sampler.Count + _options.BatchSize - 1) / _options.BatchSize);

    /// <summary>The batches of an epoch in order. An error of the data set surfaces at the batch that it concerns.</summary>
    /// <param name="epoch">The epoch's number, from 0.</param>
    /// <param name="firstBatch">Where to begin: 0, or the batch at which an interrupted training resumes.</param>
    public IEnumerable<Batch> Epoch(int epoch = 0, int firstBatch = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        return Batches(epoch, firstBatch);
    }

    private IEnumerable<Batch> Batches(int epoch, int firstBatch)
    {
        int[] order = new int[_sampler.Count];
        _sampler.Fill(epoch, order);
        int count = BatchCount, next = firstBatch;
        Queue<Task<Batch>> ahead = new(_options.Ahead + 1);
        for (int batch = firstBatch; batch < count; batch++)
        {
            if (_options.Ahead == 0)
            {
                yield return Make(order, batch);
                continue;
            }

            for (; next < count && next <= batch + _options.Ahead; next++)
            {
                int number = next;
                ahead.Enqueue(Task.Run(() => Make(order, number)));
            }

            yield return ahead.Dequeue().GetAwaiter().GetResult();
        }
    }

    private Batch Make(int[] order, int batch)
    {
        int first = batch * _options.BatchSize, count = Math.Min(_options.BatchSize, order.Length - first);
        ReadOnlyMemory<int> samples = order.AsMemory(first, count);
        Tensor inputs = Reals(Data.InputShape.Insert(0, count), samples, Data.FillInputs);
        if (!Data.Target.IsClass) return new Batch(inputs, Reals([count, Data.Target.Width], samples, Data.FillValues), samples);

        Tensor classes = new(new TensorSpec(DType.Int64, [count]));
        Data.FillClasses(samples.Span, classes.Span<long>());
        GC.KeepAlive(classes); // the memory of a tensor that nobody holds is lent again
        return new Batch(inputs, classes, samples);
    }

    private Tensor Reals(Shape shape, ReadOnlyMemory<int> samples, Fetch fetch)
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

    private delegate void Fetch(ReadOnlySpan<int> samples, Span<float> into);
}
