namespace Hebb.Kernels.Tests;

/// <summary>Tests that set the lane width or the number of threads, or that need the team for themselves: they run alone.</summary>
[CollectionDefinition("lanes", DisableParallelization = true)]
public class LanesCollection;
