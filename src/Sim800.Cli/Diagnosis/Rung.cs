using Sim800.Modem;

namespace Sim800.Cli.Diagnosis;

/// <summary>One rung of the doctor's ladder.</summary>
/// <param name="Stage">Which.</param>
/// <param name="IsReached">Whether it was reached.</param>
/// <param name="Seconds">How long it took, or how long it was tried.</param>
/// <param name="Detail">What was found there; where it failed, what happened.</param>
/// <param name="Remedy">Where it failed, what to do.</param>
internal sealed record Rung(Sim800Stage Stage, bool IsReached, double Seconds, string? Detail, string? Remedy);
