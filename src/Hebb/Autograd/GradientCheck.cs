namespace Hebb;

/// <summary>How a gradient check looks.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>
    /// The half step d of the centered difference (E(w+d) - E(w-d)) / 2d, from 1e-6 to 1e-4 for doubles; 1e-5 by default.
    /// </summary>
    public double Step { get; init; } = 1e-5;

    /// <summary>How many coordinates of each tensor to look at, drawn without replacement; null looks at all.</summary>
    public int? Coordinates { get; init => field = value is { } few ? Argument.AtLeast(few, 1, nameof(Coordinates)) : null; }

    /// <summary>Which coordinates are drawn; another seed covers others.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(GradientCheckOptions), PrintMembers);
}

/// <summary>What a relative error says (Karpathy, CS231n course notes, 2015).</summary>
public enum GradientVerdict
{
    /// <summary>At most 1e-7.</summary>
    Good,

    /// <summary>Above 1e-7 up to 1e-4: fine for functions with kinks, too high without.</summary>
    FineWithKinks,

    /// <summary>Above 1e-4 up to 1e-2.</summary>
    Doubtful,

    /// <summary>Above 1e-2.</summary>
    Wrong,
}

/// <summary>The worst coordinate of one tensor.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Error">The largest relative error |fa - fn| / max(|fa|, |fn|) of the coordinates without a kink in reach.</param>
/// <param name="Index">Where it is, in row-major order; -1 if every coordinate had a kink in reach.</param>
/// <param name="Analytic">The gradient there by differentiation.</param>
/// <param name="Numeric">The gradient there by the centered difference.</param>
/// <param name="Checked">How many coordinates were compared.</param>
/// <param name="Kinks">Coordinates whose step crossed a kink: their difference quotients say nothing.</param>
public sealed record GradientCheckEntry(
    string Name, double Error, int Index, double Analytic, double Numeric, int Checked, IReadOnlyList<int> Kinks)
{
    /// <summary>What the error says.</summary>
    public GradientVerdict Verdict => GradientCheck.Judge(Error);

    /// <inheritdoc/>
    public override string ToString() => InvariantText.Of(nameof(GradientCheckEntry), PrintMembers);
}

/// <summary>The result of a gradient check: one entry for each tensor.</summary>
public sealed record GradientCheckReport(IReadOnlyList<GradientCheckEntry> Entries)
{
    /// <summary>The largest relative error of all tensors.</summary>
    public double Error => Entries.Count == 0 ? 0 : Entries.Max(entry => entry.Error);

    /// <summary>What the largest error says.</summary>
    public GradientVerdict Verdict => GradientCheck.Judge(Error);

    /// <summary>How many coordinates had a kink in reach.</summary>
    public int KinkCount => Entries.Sum(entry => entry.Kinks.Count);

    /// <summary>A table of the entries and a sentence with the verdict.</summary>
    public override string ToString()
    {
        IEnumerable<string> lines = Entries.Select(entry => entry.Index < 0
            ? $"{entry.Name}: nothing compared"
            : $"{entry.Name}: error {entry.Error:0.0e+0} at {entry.Index} (analytic {entry.Analytic:g6}, numeric {entry.Numeric:g6}), "
                + $"{entry.Checked} compared, {entry.Kinks.Count} at kinks");
        string advice = KinkCount > 0 ? " Some steps crossed kinks; fewer data points or a smaller step cross fewer." : "";
        return string.Join('\n', lines) + '\n' + GradientCheck.Explain(Verdict) + advice;
    }
}

/// <summary>
/// Compares gradients by differentiation with centered differences, coordinate by coordinate. Random numbers are the same at every
/// evaluation. Check in float64, the data loss first and a penalty alone afterwards, so that one does not hide errors of the other. An
/// error that is not good counts as 0 where rounding of the loss, by eight units in its last place, could make it: gradients far below the
/// loss, such as those of a bias in front of batch normalization, are known no better.
/// </summary>
public static class GradientCheck
{
    // Of how many units in the last place of the loss a difference may be made of rounding alone.
    private const int RoundedUnits = 8;
    private const double MachineEpsilon = 1.0 / (1L << 52);

    /// <summary>(E(w + d) - E(w - d)) / 2d: the centered difference, whose error is of order d².</summary>
    public static double Centered(Func<double, double> e, double w, double d) => (e(w + d) - e(w - d)) / (2 * d);

    /// <summary>(E(w + d) - E(w)) / d: the one-sided difference, whose error is of order d; for comparison.</summary>
    public static double OneSided(Func<double, double> e, double w, double d) => (e(w + d) - e(w)) / d;

    /// <summary>|fa - fn| / max(|fa|, |fn|), 0 when both are 0.</summary>
    public static double RelativeError(double analytic, double numeric)
    {
        double largest = Math.Max(Math.Abs(analytic), Math.Abs(numeric));
        // In halves, since the difference of two numbers may be too large for a third.
        return largest == 0 ? 0 : Math.Abs((analytic / 2) - (numeric / 2)) / (largest / 2);
    }

    /// <summary>The band in which a relative error lies; NaN is wrong.</summary>
    public static GradientVerdict Judge(double error) => error switch
    {
        <= 1e-7 => GradientVerdict.Good,
        <= 1e-4 => GradientVerdict.FineWithKinks,
        <= 1e-2 => GradientVerdict.Doubtful,
        _ => GradientVerdict.Wrong,
    };

    /// <summary>A verdict in words.</summary>
    public static string Explain(GradientVerdict verdict) => verdict switch
    {
        GradientVerdict.Good => "Good: the gradient agrees.",
        GradientVerdict.FineWithKinks => "Fine if the function has kinks, too high if it is smooth.",
        GradientVerdict.Doubtful => "Doubtful; in a deep network errors add up, and this may pass at ten layers.",
        _ => "Wrong; in a deep network errors add up, and 1e-2 may pass at ten layers.",
    };

    /// <summary>Checks d(loss)/d(tensor) for every named tensor.</summary>
    /// <param name="loss">Computes the scalar loss from the tensors' present values.</param>
    /// <param name="tensors">Leaves of float64 that the loss depends on; their values are restored.</param>
    /// <param name="options">Step and choice of coordinates.</param>
    /// <exception cref="ArgumentException">
    /// A tensor is not a float64 leaf that requires a gradient, or the step is not positive.
    /// </exception>
    public static GradientCheckReport Run(
        Func<Tensor> loss, IReadOnlyList<(string Name, Tensor Value)> tensors, GradientCheckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(tensors);
        options ??= new GradientCheckOptions();
        if (!(options.Step > 0))
            throw new ArgumentException(
                $"A step of {options.Step} was given, but a difference needs a positive one; use 1e-6 to 1e-4.", nameof(options));
        foreach ((string name, Tensor value) in tensors)
        {
            if (value.DType != DType.Float64 || !value.RequiresGrad || value.Creator is not null || !value.IsContiguous)
                throw new ArgumentException($"The tensor '{name}' {value.Spec} cannot be checked; "
                    + "a check needs contiguous float64 leaves that require a gradient.", nameof(tensors));
        }
        using RandomReplay replay = new();
        Tensor[] analytic = Gradient.Of(loss(), [.. tensors.Select(tensor => tensor.Value)]);
        Evaluation evaluate = new(loss, replay);
        List<GradientCheckEntry> entries = [];
        for (int i = 0; i < tensors.Count; i++)
        {
            entries.Add(Compare(tensors[i].Name, tensors[i].Value, analytic[i].ToArray<double>(), evaluate, options, stream: (ulong)i));
        }
        replay.Rewind();
        return new GradientCheckReport(entries);
    }

    private static GradientCheckEntry Compare(
        string name, Tensor w, double[] analytic, Evaluation evaluate, GradientCheckOptions options, ulong stream)
    {
        double[] start = w.Detach().ToArray<double>();
        GradientCheckEntry worst = new(name, 0, -1, 0, 0, 0, []);
        List<int> kinks = [];
        int compared = 0;
        foreach (int at in Choose(start.Length, options, stream))
        {
            (double above, object? piecesAbove) = At(start[at] + options.Step);
            (double below, object? piecesBelow) = At(start[at] - options.Step);
            At(start[at]);
            if (!Equals(piecesAbove, piecesBelow))
            {
                kinks.Add(at);
                continue;
            }
            compared++;
            double numeric = (above - below) / (2 * options.Step);
            double rounding = RoundedUnits * MachineEpsilon * Math.Max(Math.Abs(above), Math.Abs(below)) / (2 * options.Step);
            double error = RelativeError(analytic[at], numeric);
            bool isRounding = double.IsFinite(numeric) && Math.Abs(analytic[at] - numeric) <= rounding;
            if (isRounding && Judge(error) != GradientVerdict.Good) error = 0;
            if (worst.Index < 0 || error > worst.Error || double.IsNaN(error))
                worst = worst with { Error = error, Index = at, Analytic = analytic[at], Numeric = numeric };

            (double, object?) At(double value)
            {
                double[] moved = [.. start];
                moved[at] = value;
                using (new NoGrad()) w.Assign<double>(moved);
                return evaluate.Run();
            }
        }
        return worst with { Checked = compared, Kinks = kinks };
    }

    private static IEnumerable<int> Choose(int count, GradientCheckOptions options, ulong stream)
    {
        if (options.Coordinates is not { } few || few >= count) return Enumerable.Range(0, count);
        int[] order = new int[count];
        Hebb.Kernels.Philox.Permutation(options.Seed, RngStreams.Check, stream << 32, order);
        return order.Take(few).Order();
    }

    /// <summary>Evaluates the loss with the same random numbers each time, noting on which pieces of kinked ops the elements lie.</summary>
    private sealed class Evaluation(Func<Tensor> loss, RandomReplay replay) : IRecorder
    {
        private readonly List<Tensor> _pieces = [];
        private bool _isAsking;

        public (double Loss, object? Pieces) Run()
        {
            replay.Rewind();
            _pieces.Clear();
            using (new NoGrad())
            using (new Recording(this))
            {
                double value = loss().Item();
                return (value, new PieceList([.. _pieces]));
            }
        }

        public void Ran(IOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Tensor> outputs)
        {
            if (_isAsking || op is not IKinked kinked) return;
            _isAsking = true;
            _pieces.Add(kinked.Piece(inputs.ToArray(), outputs.ToArray()).Clone());
            _isAsking = false;
        }
    }

    private sealed class PieceList(Tensor[] pieces)
    {
        private readonly Tensor[] _pieces = pieces;

        public override bool Equals(object? obj) =>
            obj is PieceList other && _pieces.Zip(other._pieces).All(pair => IsSame(pair.First, pair.Second));

        public override int GetHashCode() => _pieces.Length;

        private static bool IsSame(Tensor a, Tensor b) => a.DType == DType.Bool
            ? a.ToArray<bool>().AsSpan().SequenceEqual(b.ToArray<bool>())
            : a.ToArray<long>().AsSpan().SequenceEqual(b.ToArray<long>());
    }
}
