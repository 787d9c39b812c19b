namespace Sim800.Simulator.Machine;

/// <summary>One command of a command line: <c>+CIPSEND</c>, <c>E</c>, <c>&amp;W</c>.</summary>
internal readonly record struct Command(string Name, CommandForm Form, CommandArguments Arguments);
