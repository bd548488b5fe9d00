namespace Hebb.Cli;

/// <summary>Something to time: what one step does, and how many items it works through.</summary>
/// <param name="Name">The name, the same as at the peers.</param>
/// <param name="Items">Samples (or operations) a step.</param>
/// <param name="Step">One step on the next of the fixed batches; it reads no result.</param>
internal sealed record Workload(string Name, int Items, Action Step)
{
    /// <summary>How many numbers the network learns; null for workloads without a network.</summary>
    public long? Parameters { get; init; }

    /// <summary>Floating-point operations a step, for workloads that report a rate.</summary>
    public double? Flops { get; init; }

    /// <summary>Measures each op over so many steps, for workloads whose steps are compiled.</summary>
    public Func<int, IReadOnlyList<ProfileLine>>? Profile { get; init; }
}
