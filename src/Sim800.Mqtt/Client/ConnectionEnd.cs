namespace Sim800.Mqtt.Client;

/// <summary>Why a connection ended: the one reason, or null after DISCONNECT.</summary>
internal sealed record ConnectionEnd(Exception? Reason);
