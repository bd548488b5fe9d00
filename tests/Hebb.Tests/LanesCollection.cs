namespace Hebb.Tests;

/// <summary>Tests that set the lane width or the number of threads: they run alone.</summary>
[CollectionDefinition("lanes", DisableParallelization = true)]
public class LanesCollection;
