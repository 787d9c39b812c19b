namespace Sim800.Simulator;

/// <summary>A row of the <see cref="FaultCatalogue"/>.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Name">Its name on the command line and in scripts.</param>
/// <param name="Argument">What may stand after the <c>=</c>.</param>
/// <param name="Default">The argument when none is given.</param>
/// <param name="Effect">What the host sees.</param>
/// <param name="FieldReport">Where it was seen.</param>
public sealed record FaultDescription(FaultKind Kind, string Name, FaultArgument Argument, string Default, string Effect, string FieldReport);
