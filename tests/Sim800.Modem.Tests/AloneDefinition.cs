namespace Sim800.Modem.Tests;

/// <summary>Tests that count what the whole process allocates run while no other test does.</summary>
[CollectionDefinition("Alone", DisableParallelization = true)]
public sealed class AloneDefinition;
