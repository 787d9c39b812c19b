using System.Runtime.InteropServices;

namespace Sim800.Modem;

/// <summary>A signal quality and when it was read.</summary>
/// <param name="At">When, by the clock of <see cref="Sim800ModemOptions.TimeProvider"/>.</param>
/// <param name="Quality">What the modem said.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SignalSample(DateTimeOffset At, SignalQuality Quality);
