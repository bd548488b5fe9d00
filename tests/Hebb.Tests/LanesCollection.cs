namespace Hebb.Tests;

/// <summary>Tests that set the lane width or the number of threads, or look at the memory of all: they run alone.</summary>
[CollectionDefinition("lanes", DisableParallelization = true)]
public class LanesCollection;
