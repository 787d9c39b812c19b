namespace Sim800.Mqtt;

/// <summary>What answers at host and port does not speak what was spoken to it. The message says what to change.</summary>
public sealed class MqttEndpointException : MqttException
{
    internal MqttEndpointException(MqttEndpointMismatch mismatch, string message, MqttRemedy remedy, Exception? inner = null)
        : base(message, remedy, inner) => Mismatch = mismatch;

    /// <summary>In which way the two do not fit.</summary>
    public MqttEndpointMismatch Mismatch { get; }
}

/// <summary>In which way what answers at host and port is not the MQTT server that was expected there.</summary>
public enum MqttEndpointMismatch
{
    /// <summary>Plain MQTT was spoken and a TLS record came back.</summary>
    WantsTls,

    /// <summary>TLS was spoken and plain MQTT came back.</summary>
    WantsPlainMqtt,

    /// <summary>An HTTP answer came back: a web server, or a port that wants MQTT over a WebSocket.</summary>
    WantsWebSocket,

    /// <summary>MQTT over a WebSocket was spoken and plain MQTT came back.</summary>
    WantsNoWebSocket,

    /// <summary>TLS was spoken and bytes came back that are neither TLS, nor MQTT, nor HTTP.</summary>
    NoTls,

    /// <summary>The first bytes that came back are no CONNACK, no HTTP and no TLS.</summary>
    NoMqtt,

    /// <summary>The server closed the connection right after the first bytes it got, without a byte in answer.</summary>
    ClosedWithoutAnswer,

    /// <summary>The server took the connection, got the first bytes and stayed silent.</summary>
    Silent,
}
