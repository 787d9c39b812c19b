namespace Sim800.Fuzz;

/// <summary>One search at a time: memory is counted by thread, but a task that failed unobserved is the process's.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Searches
{
    internal const string Name = "searches";
}
