namespace Hebb.Layers;

/// <summary>
/// y = x (M ∘ W)ᵀ + b: a dense layer of which only the connections of a mask M exist, [outputs, inputs] of zeros and ones: every unit to a
/// few random inputs, to a cluster of them, or to a window. Weights outside the mask start at 0 and get no gradient, so they stay 0.
/// </summary>
public sealed class MaskedLinear : Module
{
    private readonly Tensor _mask;
    private readonly IInitializer? _start;

    /// <summary>A layer with the connections of a mask.</summary>
    /// <param name="mask">bool [outputs, inputs], true where there is a connection.</param>
    /// <param name="bias">Whether b is added; true by default.</param>
    /// <param name="start">
    /// Where the weights start, biases then at 0; U(±1/√k) for a unit of k connections, biases included, if left out.
    /// </param>
    /// <exception cref="ArgumentException">The mask is not a bool matrix.</exception>
    public MaskedLinear(Tensor mask, bool bias = true, IInitializer? start = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.Rank != 2 || mask.DType != DType.Bool || mask.Count == 0)
            throw new ArgumentException($"A MaskedLinear was given a mask {mask.Spec}; "
                + "give bool[outputs, inputs], true where there is a connection.", nameof(mask));
        _start = start;
        RegisterState(_mask = mask.Detach().Cast(DType.Float32), "mask");
        MaskedStart law = new(_mask.Clone(), start);
        Register(Weight = new Parameter(mask.Shape, law), "weight");
        if (bias)
            Register(Bias = new Parameter([mask.Shape[0]], start is null ? law : Initializer.Constant(0)) { IsDecayed = false }, "bias");
    }

    /// <summary>The weights, [outputs, inputs], 0 outside the mask.</summary>
    public Parameter Weight { get; }

    /// <summary>The biases, [outputs]; null if the layer has none.</summary>
    public Parameter? Bias { get; }

    /// <summary>M, 1 where there is a connection and 0 elsewhere, [outputs, inputs]; a view.</summary>
    public Tensor Mask => _mask.Detach();

    /// <summary>How many connections there are.</summary>
    public long ConnectionCount =>
        _mask.DType == DType.Float32 ? _mask.ToArray<float>().Count(m => m != 0) : _mask.ToArray<double>().Count(m => m != 0);

    /// <inheritdoc/>
    public override string Details =>
        $"{Weight.Shape[1]} → {Weight.Shape[0]}, {ConnectionCount} connections{(Bias is null ? ", no bias" : "")}";

    /// <summary>A layer in which every unit has some distinct inputs, drawn once.</summary>
    /// <param name="inputs">How many inputs there are.</param>
    /// <param name="outputs">How many units there are.</param>
    /// <param name="each">How many inputs a unit has, from 1 to all.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="bias">Whether a bias is added; true by default.</param>
    public static MaskedLinear Random(int inputs, int outputs, int each, ulong seed = 0, bool bias = true)
    {
        Argument.AtLeast(outputs, 1);
        if (each < 1 || each > inputs)
            throw new ArgumentOutOfRangeException(
                nameof(each), $"{each} distinct inputs out of {inputs} were asked for each unit; ask for 1 to {inputs}.");
        Tensor order = Tensor.Uniform([outputs, inputs], new Rng(seed, RngStreams.StartValues)).ArgSort(1).Narrow(1, 0, each);
        return new MaskedLinear(Tensor.Zeros([outputs, inputs]).Scatter(1, order, Tensor.Ones(order.Shape)) > 0, bias);
    }

    /// <summary>A layer with a unit for each cluster of inputs, connected to its members alone.</summary>
    /// <param name="inputs">How many inputs there are.</param>
    /// <param name="clusters">The members of each cluster.</param>
    /// <param name="bias">Whether a bias is added; true by default.</param>
    public static MaskedLinear Clusters(int inputs, IReadOnlyList<IReadOnlyList<int>> clusters, bool bias = true)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        bool[] mask = Arrays.Of<bool>(clusters.Count, inputs);
        for (int i = 0; i < clusters.Count; i++)
        {
            foreach (int member in clusters[i])
            {
                if ((uint)member >= (uint)inputs)
                    throw new ArgumentOutOfRangeException(
                        nameof(clusters), $"Cluster {i} names the input {member}, but there are {inputs}; name 0 to {inputs - 1}.");
                mask[i * inputs + member] = true;
            }
        }
        return new MaskedLinear(Tensor.From(mask, [clusters.Count, inputs]), bias);
    }

    /// <summary>
    /// A layer with a unit for each place of a window on images of one size, in row-major order,
    /// connected to what the window shows, with weights of its own.
    /// </summary>
    /// <param name="rows">Rows of the image.</param>
    /// <param name="columns">Columns of the image.</param>
    /// <param name="window">Rows and columns of the window.</param>
    /// <param name="stride">From one place to the next; 1 by default.</param>
    /// <param name="bias">Whether a bias is added; true by default.</param>
    public static MaskedLinear Windows(int rows, int columns, int window, int stride = 1, bool bias = true)
    {
        int down = ConvSizes.Output(rows, window, stride), across = ConvSizes.Output(columns, window, stride);
        Shape mask = [down, across, rows, columns], each = [window, window];
        if (mask.Count == 0)
            throw new ArgumentException($"Windows of {window}x{window} were asked for over {rows}x{columns} inputs, where none fits; "
                + "take smaller ones.", nameof(window));
        List<int[]> clusters = [];
        for (int i = 0; i < down; i++)
        {
            for (int j = 0; j < across; j++)
                clusters.Add(
                    [.. Enumerable.Range(0, each.Count).Select(k => (i * stride + k / window) * columns + j * stride + k % window)]);
        }
        return Clusters(rows * columns, clusters, bias);
    }

    private protected override bool Mixes(int rank, int axis) => axis == rank - 1;

    /// <inheritdoc/>
    protected override Tensor OnForward(Tensor x)
    {
        if (x.Rank == 0 || x.Shape[-1] != Weight.Shape[1])
            throw Misfit(x, $"{Weight.Shape[1]} features in the last axis; give it as many, or build the layer for yours");
        if (x.DType != Weight.DType)
            throw MisfitType(x, Weight.DType);
        return x.Linear(Weight * _mask, Bias);
    }

    /// <inheritdoc/>
    protected internal override Module New() => new MaskedLinear(_mask > 0, Bias is not null, _start);

    /// <summary>Start values of the connections, and of their biases, by how many a unit has.</summary>
    private sealed class MaskedStart(Tensor mask, IInitializer? inner) : IInitializer
    {
        public Tensor Draw(Shape shape, DType dtype, Rng rng)
        {
            Tensor m = mask.Cast(dtype);
            if (inner is not null) return inner.DrawChecked(shape, dtype, rng) * m;
            Tensor bound = 1 / m.Sum([1], keepAxes: true).Clip(1, double.PositiveInfinity).Sqrt(),
                any = Tensor.Uniform(shape, rng, -1, 1, dtype);
            return shape.Rank == 1 ? any * bound.Reshape(shape) : any * bound * m;
        }
    }
}
