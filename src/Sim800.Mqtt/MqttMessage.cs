using System.Text;
using Sim800.Mqtt.Session;

namespace Sim800.Mqtt;

/// <summary>An application message (MQTT 3.1.1 §3.3), received or to be published.</summary>
public sealed record MqttMessage
{
    private int _isSettled;

    /// <summary>The topic it is published on.</summary>
    public required string Topic { get; init; }

    /// <summary>The payload. Of a received message it belongs to the receiver for good.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>The QoS it is or was delivered with.</summary>
    public MqttQoS QoS { get; init; }

    /// <summary>To be published: the server shall keep it as the topic's last message. Received: it was kept before the
    /// subscription was made.</summary>
    public bool Retain { get; init; }

    /// <summary>Received: the server has sent it before, so it may have been seen already (QoS 1).</summary>
    public bool Duplicate { get; init; }

    /// <summary>The payload read as UTF-8; what is not UTF-8 shows as U+FFFD.</summary>
    public string PayloadText => Encoding.UTF8.GetString(Payload.Span);

    internal IMessageOwner? Owner { get; init; }

    internal InboundToken Token { get; init; }

    /// <summary>
    /// Confirms to the server that the application has this message of QoS 1 or 2; for
    /// <see cref="MqttAcknowledgement.Manual"/>. Calls after the first, and for QoS 0, do nothing.
    /// </summary>
    /// <remarks>Confirmations leave in the order in which the messages came [MQTT-4.6.0-2]: one that is withheld holds back
    /// those after it, until the server's own limit stops it from sending more.</remarks>
    public void Acknowledge() => Settle(isTaken: true);

    /// <summary>Equal when topic, payload bytes, QoS and flags are.</summary>
    public bool Equals(MqttMessage? other) => other is not null
        && string.Equals(Topic, other.Topic, StringComparison.Ordinal)
        && (QoS, Retain, Duplicate) == (other.QoS, other.Retain, other.Duplicate)
        && Payload.Span.SequenceEqual(other.Payload.Span);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(StringComparer.Ordinal.GetHashCode(Topic), Payload.Length, QoS, Retain);

    /// <summary>Topic, size and flags; the payload is not printed.</summary>
    public override string ToString() => $"{Topic} ({Payload.Length} bytes, {QoS}{(Retain ? ", retained" : "")})";

    internal void Settle(bool isTaken)
    {
        if (Owner is not null && Interlocked.Exchange(ref _isSettled, 1) == 0)
        {
            Owner.Settle(Token, isTaken);
        }
    }
}
