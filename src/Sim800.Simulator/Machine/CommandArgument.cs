namespace Sim800.Simulator.Machine;

/// <summary>One parameter of a command, without its quotes.</summary>
internal readonly record struct CommandArgument(string Text, bool Quoted);
