using System.Runtime.InteropServices;

namespace Sim800.Mqtt.Session;

/// <summary>What an acknowledgement of the server meant for an outgoing message.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AckOutcome(AckOutcomeKind Kind, long Sequence);
