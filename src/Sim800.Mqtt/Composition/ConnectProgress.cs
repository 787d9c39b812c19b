namespace Sim800.Mqtt;

/// <summary>One step of the way from the serial device to an MQTT session.</summary>
/// <param name="Stage">The stage that makes progress.</param>
/// <param name="Kind">What it is doing.</param>
/// <param name="Elapsed">Time since the stage began.</param>
/// <param name="Detail">What was found, is waited for, or went wrong; <c>null</c> when there is nothing to say.</param>
public sealed record ConnectProgress(ConnectStage Stage, ConnectProgressKind Kind, TimeSpan Elapsed, string? Detail);
