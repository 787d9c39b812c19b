namespace Sim800.Modem;

/// <summary>One step of the way from the serial device to a TCP connection.</summary>
/// <param name="Stage">The stage that makes progress.</param>
/// <param name="Kind">What it is doing.</param>
/// <param name="Elapsed">Time since the stage began.</param>
/// <param name="Detail">What was found or is waited for, such as <c>registered, roaming</c>; <c>null</c> when there is nothing to say.</param>
public readonly record struct ModemProgress(ModemStage Stage, ModemProgressKind Kind, TimeSpan Elapsed, string? Detail);
