namespace Sim800.Benchmarks.Tests;

/// <summary>Tests that count the allocations of the whole process, or that keep it so busy that others gather other batches.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneDefinition;
