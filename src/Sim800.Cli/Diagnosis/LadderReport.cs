using Sim800.Modem;

namespace Sim800.Cli.Diagnosis;

/// <summary>What <c>doctor --json</c> prints.</summary>
internal sealed record LadderReport(bool Healthy, Sim800Stage? Failed, IReadOnlyList<Rung> Rungs, IReadOnlyList<string> Notes);
