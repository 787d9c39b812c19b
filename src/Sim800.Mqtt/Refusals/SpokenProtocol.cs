namespace Sim800.Mqtt.Refusals;

/// <summary>What was spoken on the wire first, by the outermost layer.</summary>
internal enum SpokenProtocol
{
    Mqtt,
    WebSocket,
    Tls,
}
