namespace Sim800.Benchmarks.Tests;

/// <summary>Tests that count the allocations of the whole process.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneDefinition;
