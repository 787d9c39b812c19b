using Sim800.Mqtt;

namespace Sim800.Cli.Diagnosis;

/// <summary>What <c>doctor --json</c> prints.</summary>
internal sealed record LadderReport(bool Healthy, ConnectStage? Failed, IReadOnlyList<Rung> Rungs, IReadOnlyList<string> Notes);
