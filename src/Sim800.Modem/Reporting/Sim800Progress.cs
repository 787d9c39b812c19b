namespace Sim800.Modem;

/// <summary>One step of the way from the serial device to an MQTT session.</summary>
/// <param name="Stage">The stage that makes progress.</param>
/// <param name="Kind">What it is doing.</param>
/// <param name="Elapsed">Time since the stage began.</param>
/// <param name="Detail">What was found, is waited for or went wrong, such as <c>registered, roaming</c>; <c>null</c> when there is nothing
/// to say.</param>
public readonly record struct Sim800Progress(Sim800Stage Stage, Sim800ProgressKind Kind, TimeSpan Elapsed, string? Detail);
