using System.Runtime.InteropServices;

namespace Sim800.Modem.Recovery;

/// <summary>What to do before the next attempt, and when.</summary>
/// <param name="Rung">The rung to use.</param>
/// <param name="Delay">How long after the last failure.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RecoveryStep(RecoveryRung Rung, TimeSpan Delay);
