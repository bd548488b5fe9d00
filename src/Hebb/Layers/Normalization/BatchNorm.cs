namespace Hebb.Layers;

/// <summary>
/// y = γ (x - μ) / √(σ² + ε) + β for each channel, axis 1 of [N, C] or [N, C, ...]:
/// in training with the mean and variance of the batch, in evaluation with running averages,
/// in which a new batch weighs <c>momentum</c> and its variance divides by n - 1 (Ioffe and Szegedy, 2015).
/// </summary>
public abstract class BatchNorm : Module
{
    private readonly Tensor _mean, _variance, _batches;
    private readonly double _momentum, _epsilon;
    private readonly Parameter? _scale, _shift;

    /// <summary>A layer for a number of channels.</summary>
    /// <param name="channels">How many channels there are.</param>
    /// <param name="momentum">How much a new batch weighs in the running averages, from 0 to 1.</param>
    /// <param name="epsilon">ε, positive, which keeps the quotient finite.</param>
    /// <param name="affine">Whether γ and β are trained; otherwise they are 1 and 0.</param>
    private protected BatchNorm(int channels, double momentum, double epsilon, bool affine)
    {
        Argument.AtLeast(channels, 1);
        if (momentum is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(momentum), $"A momentum of {momentum} was given to a {GetType().Name}; give one from 0 to 1.");
        _momentum = momentum;
        _epsilon = Argument.Above(epsilon, 0);
        if (affine)
        {
            Register(_scale = new Parameter([channels], Initializer.Constant(1)) { IsDecayed = false }, "weight");
            Register(_shift = new Parameter([channels], Initializer.Constant(0)) { IsDecayed = false }, "bias");
        }
        RegisterState(_mean = Tensor.Zeros([channels]), "running_mean");
        RegisterState(_variance = Tensor.Ones([channels]), "running_var");
        RegisterState(_batches = Tensor.Scalar(0L), "num_batches_tracked");
    }

    /// <inheritdoc/>
    public override string Details => $"{_mean.Count}{(_scale is null ? ", not affine" : "")}";

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (!Takes(x.Rank) || x.Shape[1] != _mean.Count)
            throw Misfit(x, $"{Layout} with {_mean.Count} channels; give it as many, or build the layer for yours");
        if (x.DType != _mean.DType)
            throw MisfitType(x, _mean.DType);
        Tensor scale = _scale ?? Tensor.Ones(_mean.Shape, _mean.DType), shift = _shift ?? Tensor.Zeros(_mean.Shape, _mean.DType);
        // A batch of nothing has no statistics, and changes none.
        if (!IsTraining || x.Count == 0) return x.NormalizeWith(scale, shift, _mean, _variance, _epsilon);
        if (x.Count == _mean.Count && EngineContext.Current.Tracer is null)
            throw Misfit(x, "more than one number a channel in training, since one has no variance; "
                + "use batches of at least 2 (DropsLast leaves out a last one of 1), or call Eval");
        (Tensor y, Tensor mean, Tensor variance) = x.BatchNormalize(scale, shift, _epsilon);
        Track(mean.Detach(), variance.Detach(), x.Count / _mean.Count);
        return y;
    }

    /// <summary>The axes that the layer takes, as errors print them.</summary>
    private protected abstract string Layout { get; }

    /// <summary>Whether the layer takes so many axes.</summary>
    private protected abstract bool Takes(int rank);

    /// <summary>The settings with which another such layer is made.</summary>
    private protected (int Channels, double Momentum, double Epsilon, bool Affine) Settings =>
        (_mean.Count, _momentum, _epsilon, _scale is not null);

    /// <summary>The running averages start anew.</summary>
    protected override void OnInitialize()
    {
        _mean.Fill(0);
        _variance.Fill(1);
        _batches.Fill(0);
    }

    /// <summary>Takes a batch with n numbers a channel into the running averages.</summary>
    private void Track(Tensor mean, Tensor variance, int n)
    {
        using (new NoGrad())
        {
            _mean.Assign(_mean * (1 - _momentum) + mean * _momentum);
            _variance.Assign(_variance * (1 - _momentum) + variance * (_momentum * n / (n - 1)));
            _batches.Assign(_batches + 1);
        }
    }
}
