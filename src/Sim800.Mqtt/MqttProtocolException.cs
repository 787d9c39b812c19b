namespace Sim800.Mqtt;

/// <summary>The server broke the protocol; the connection is closed.</summary>
public sealed class MqttProtocolException : MqttException
{
    internal MqttProtocolException(MqttProtocolError error, Exception? inner = null)
        : base($"The server broke MQTT 3.1.1: {error}.", RemedyFor(error), inner) => Error = error;

    /// <summary>What exactly was wrong.</summary>
    public MqttProtocolError Error { get; }

    private static MqttRemedy RemedyFor(MqttProtocolError error) => error switch
    {
        MqttProtocolError.PacketTooLarge => MqttRemedy.RaiseMaxPacketSize,
        MqttProtocolError.ConnAckExpected or MqttProtocolError.RemainingLengthTooLong
            or MqttProtocolError.ReservedPacketType or MqttProtocolError.InvalidFlags
            => MqttRemedy.CheckPortAndTls,
        MqttProtocolError.UnexpectedAcknowledgement =>
            MqttRemedy.UseAtLeastOnce,
        _ => MqttRemedy.UpdateServer,
    };
}
