namespace Hebb.Kernels;

/// <summary>
/// Evenly spaced positions along one axis of the target that see the same kernel elements: for the first of its taps, position
/// Out + q·OutStep reads the source at In + q·InStep, and for another as much further on as the deltas differ.
/// </summary>
internal struct AxisRun
{
    public int Out, OutStep, Count;
    public int In, InStep;
    public int FirstTap, Taps;

    /// <summary>The first of this run's positions, and the one after the last, that lie in first..last-1 of the target.</summary>
    public readonly (int First, int End) Within(int first, int last) => (
        Math.Max(0, Ceiling(first - Out, OutStep)),
        last <= Out ? 0 : Math.Min(Count, Ceiling(last - Out, OutStep)));

    private static int Ceiling(int a, int b) => (int)(((long)a + b - 1) / b);
}

/// <summary>
/// How one axis of a convolution maps target positions to source positions, with everything outside the source left out. Padding,
/// stride and dilation are resolved here once, so that the loops over pixels know only runs and offsets.
/// </summary>
internal unsafe struct Axis
{
    public AxisRun* Runs;
    public int RunCount;

    /// <summary>The kernel element of each tap.</summary>
    public int* Element;

    /// <summary>How far each tap lies from the source position that belongs to a target; only differences matter.</summary>
    public int* Delta;

    /// <summary>How many integers of memory an axis needs.</summary>
    public static long Words(int targets, int kernel, int stride) =>
        (2L * kernel) + (Math.Min(targets, (2L * kernel) + stride) * (sizeof(AxisRun) / sizeof(int)));

    /// <summary>Targets are outputs, sources inputs: source = target·stride − pad + element·dilation.</summary>
    public static Axis Forward(ref int* memory, int sources, int targets, int kernel, int stride, int pad, int dilation)
    {
        var axis = new Axis(ref memory, targets, kernel, stride);
        for (int k = 0; k < kernel; k++)
        {
            axis.Element[k] = k;
            axis.Delta[k] = k * dilation;
        }
        for (int o = 0; o < targets; o++)
        {
            int start = (int)(((long)o * stride) - pad);
            axis.Add(o, 1, start, stride, 0, kernel, sources);
        }
        return axis;
    }

    /// <summary>Targets are inputs, sources outputs: source = (target + pad − element·dilation) / stride where that is whole.</summary>
    public static Axis Backward(ref int* memory, int sources, int targets, int kernel, int stride, int pad, int dilation)
    {
        var axis = new Axis(ref memory, targets, kernel, stride);
        int tap = 0;
        for (int phase = 0; phase < Math.Min(stride, targets); phase++)
        {
            int first = tap;
            for (int k = 0; k < kernel; k++)
            {
                long distance = phase + (long)pad - ((long)k * dilation);
                if (distance % stride != 0) continue;
                axis.Element[tap] = k;
                axis.Delta[tap++] = (int)(distance / stride);
            }
            int runs = axis.RunCount;
            for (int q = 0; phase + ((long)q * stride) < targets; q++)
                axis.Add(phase + (q * stride), stride, q, 1, first, tap - first, sources, runs);
        }
        return axis;
    }

    private Axis(ref int* memory, int targets, int kernel, int stride)
    {
        long words = Words(targets, kernel, stride);
        Element = memory;
        Delta = memory + kernel;
        Runs = (AxisRun*)(memory + (2L * kernel));
        memory += words;
    }

    // Appends a target position with those of the taps that fall inside the source (always neighbors, since deltas only rise or only
    // fall), to the last run when it sees the same and began at or after run number `since`.
    private void Add(int target, int targetStep, int start, int startStep, int firstTap, int taps, int sources, int since = 0)
    {
        int from = 0, to = taps;
        while (from < to && (uint)(start + Delta[firstTap + from]) >= (uint)sources) from++;
        while (to > from && (uint)(start + Delta[firstTap + to - 1]) >= (uint)sources) to--;
        bool empty = from == to;
        if (empty) from = to = 0;
        if (RunCount > since)
        {
            ref AxisRun last = ref Runs[RunCount - 1];
            if (last.FirstTap == firstTap + from && last.Taps == to - from)
            {
                last.Count++;
                return;
            }
        }
        Runs[RunCount++] = new AxisRun
        {
            Out = target,
            OutStep = targetStep,
            Count = 1,
            FirstTap = firstTap + from,
            Taps = to - from,
            In = empty ? 0 : start + Delta[firstTap + from],
            InStep = empty ? 0 : startStep,
        };
    }
}
