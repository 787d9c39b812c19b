using System.Globalization;

namespace Sim800.Mqtt;

/// <summary>
/// The server hung up at a message of QoS 1 or 2, on as many connections in a row as
/// <see cref="MqttClientOptions.PoisonMessageConnections"/> says, on the last of them with nothing else under way.
/// </summary>
public sealed class MqttPoisonMessageException : MqttException
{
    internal MqttPoisonMessageException(in MqttMessage message, int connections, bool isSetAside, Exception reason)
        : base(Describe(message, connections, isSetAside), MqttRemedy.CheckMessage, reason) =>
        (Topic, PayloadLength, QoS, Connections, IsSetAside) = (message.Topic, message.Payload.Length, message.QoS, connections, isSetAside);

    /// <summary>The topic of the message.</summary>
    public string Topic { get; }

    /// <summary>The size of its payload in bytes.</summary>
    public int PayloadLength { get; }

    /// <summary>Its quality of service.</summary>
    public MqttQoS QoS { get; }

    /// <summary>How many connections the server has closed on it.</summary>
    public int Connections { get; }

    /// <summary>True when the message was removed from the session store and the client goes on without it; false when the client ends, and the
    /// message is still in the store (<see cref="MqttPoisonMessagePolicy.Stop"/>).</summary>
    public bool IsSetAside { get; }

    private static string Describe(in MqttMessage message, int connections, bool isSetAside) => string.Create(
        CultureInfo.InvariantCulture,
        $"The server closed {connections} connections at the message of {message.Payload.Length} bytes on \"{MqttProtocolException.Shown(message.Topic)}\", "
        + $"which {(isSetAside ? "was set aside" : "is still in the session store")}.");
}

/// <summary>What becomes of a message at which the server hangs up on every connection.</summary>
public enum MqttPoisonMessagePolicy
{
    /// <summary>It is removed from the session store, logged, and its publisher gets <see cref="MqttPoisonMessageException"/>; the others go on.</summary>
    SetAside,

    /// <summary>The client ends with <see cref="MqttPoisonMessageException"/>; the message stays in the session store.</summary>
    Stop,
}
