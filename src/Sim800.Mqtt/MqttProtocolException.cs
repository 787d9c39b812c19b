namespace Sim800.Mqtt;

/// <summary>The server broke the protocol; the connection is closed.</summary>
public sealed class MqttProtocolException : MqttException
{
    internal MqttProtocolException(MqttProtocolError error, Exception? inner = null)
        : base($"The server broke MQTT 3.1.1: {error}.", RemedyFor(error), inner) => Error = error;

    /// <summary>What exactly was wrong.</summary>
    public MqttProtocolError Error { get; }

    private static string RemedyFor(MqttProtocolError error) => error switch
    {
        MqttProtocolError.PacketTooLarge => "Raise MaxPacketSize if messages of that size are meant to arrive.",
        MqttProtocolError.ConnAckExpected or MqttProtocolError.RemainingLengthTooLong
            or MqttProtocolError.ReservedPacketType or MqttProtocolError.InvalidFlags
            => "Check that the port is one where the server speaks MQTT, with or without TLS as configured here.",
        MqttProtocolError.UnexpectedAcknowledgement =>
            "Publish with QoS 1 if the server does not know QoS 2, such as RabbitMQ's MQTT plugin up to version 3; else update the server.",
        _ => "Check that the server speaks MQTT 3.1.1 and is up to date.",
    };
}
