namespace EndToEnd.Tests.Chaos;

/// <summary>Tests whose clock jumps when the whole process has nothing to do: nothing else may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class VirtualTime
{
    public const string Name = "virtual time";
}
