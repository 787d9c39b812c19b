namespace Sim800.Simulator.Broker.Codec;

/// <summary>The client broke the protocol; its connection is closed and nothing else happens.</summary>
internal sealed class BrokerProtocolException(ProtocolError error)
    : IOException($"The client broke MQTT 3.1.1: {error}.")
{
    internal ProtocolError Error => error;
}
