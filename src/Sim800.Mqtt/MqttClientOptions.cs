using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Mqtt.Codec;
using Sim800.Mqtt.Packets;
using Sim800.Mqtt.Session;
using Sim800.Mqtt.Topics;

namespace Sim800.Mqtt;

/// <summary>How an <see cref="IMqttClient"/> connects and behaves. Immutable; change a copy with <c>with</c>.</summary>
public sealed record MqttClientOptions
{
    /// <summary>The client id (MQTT 3.1.1 §3.1.3.1); empty lets the server choose one, for a clean session only.</summary>
    public string ClientId { get; init; } = string.Empty;

    /// <summary>User name and password; null sends none.</summary>
    public MqttCredentials? Credentials { get; init; }

    /// <summary>
    /// The keep-alive (MQTT 3.1.1 §3.1.2.10): whole seconds from 1 s to 65,535 s, or zero to turn it off. An idle link costs one
    /// PINGREQ and PINGRESP in this time, and a dead one is noticed within one and a half times of it. Default 5 min.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>True starts a new session with each connection; false goes on with the one the server keeps.</summary>
    public bool CleanSession { get; init; } = true;

    /// <summary>The will (MQTT 3.1.1 §3.1.2.5): the message that the server publishes when this client is lost without DISCONNECT, with at most
    /// 65,535 bytes of payload; null for none.</summary>
    public MqttMessage? Will { get; init; }

    /// <summary>The largest packet sent or received, in bytes with its header. Default 2 MiB.</summary>
    public int MaxPacketSize { get; init; } = 2 * 1024 * 1024;

    /// <summary>Whether topics and topic filters with control characters (U+0001 to U+001F, U+007F to U+009F) are sent. A server may hang up on
    /// them (MQTT 3.1.1 §1.5.3), mosquitto does, and with QoS 1 and 2 again and again. Received ones are always delivered. Default false.</summary>
    public bool AllowControlCharacters { get; init; }

    /// <summary>Whether a received message whose topic is invalid (empty, with a wildcard, not UTF-8), as a server may have retained it, is
    /// acknowledged, logged and left out instead of ending the connection with <see cref="MqttProtocolException"/>. Default false.</summary>
    public bool PassOverInvalidTopics { get; init; }

    /// <summary>How many messages of QoS 1 and 2 are under way at a time, 1 to 32,767. Default 256, which keeps a GPRS link
    /// busy over a round trip of more than a second.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>How many topic filters one SUBSCRIBE or UNSUBSCRIBE packet holds at most, 1 or more. Some hosted servers take only so many:
    /// 8 with AWS IoT Core. Default: no limit but <see cref="MaxPacketSize"/>.</summary>
    public int MaxFiltersPerPacket { get; init; } = int.MaxValue;

    /// <summary>How many of QoS 2 are under way at a time, 1 to 32,767. Default 16: mosquitto hangs up on a client with more than
    /// 20 of them open, unless configured otherwise.</summary>
    public int MaxInFlightExactlyOnce { get; init; } = 16;

    /// <summary>Whether messages of QoS 1 and 2 that wait may follow CONNECT without waiting for CONNACK (MQTT 3.1.1 §3.1.4):
    /// one round trip less. A server that refuses must not process them, and they stay in the store. Default true.</summary>
    public bool SendBeforeConnAck { get; init; } = true;

    /// <summary>Where unacknowledged messages are kept; null keeps them in memory, for as long as the client lives.</summary>
    public IMqttSessionStore? SessionStore { get; init; }

    /// <summary>What happens to a message of QoS 1 or 2 for which the store has no room.</summary>
    public MqttStoreFullPolicy WhenStoreFull { get; init; } = MqttStoreFullPolicy.Reject;

    /// <summary>What becomes of a message of QoS 1 or 2 at which the server hangs up on every connection, as mosquitto does at one that exceeds
    /// its <c>max_packet_size</c>. Default: it is set aside, and its publisher told.</summary>
    public MqttPoisonMessagePolicy WhenPoisonMessage { get; init; } = MqttPoisonMessagePolicy.SetAside;

    /// <summary>
    /// On how many connections in a row, 2 to 100, the server has to hang up with a message unconfirmed before that message counts as such a one.
    /// The last of them carries it alone, after an answered ping. A server or a network that ends connections for reasons of its own needs a
    /// higher number. Default 3.
    /// </summary>
    public int PoisonMessageConnections { get; init; } = 3;

    /// <summary>How long CONNACK may take. Default 60 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the server may leave packets unanswered that need an answer, measured from the last one it answered
    /// or the last byte sent. Default 2 min.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the last bytes may take: ours to leave when the client is disposed, and the server's to be read when a
    /// write has failed, for they may say why. Default 5 s.</summary>
    public TimeSpan DisconnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many messages of QoS 1 and 2 that no subscription asked for are kept for a later
    /// <see cref="IMqttClient.SubscribeAsync"/>, as after a restart with a stored session. Default 64.</summary>
    public int MaxUnclaimedMessages { get; init; } = 64;

    /// <summary>How long such messages wait for it, before they are given up: taken for <see cref="IMqttClient.Unmatched"/>.
    /// Default 60 s.</summary>
    public TimeSpan UnclaimedTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>After how long without an acknowledgement by the application, while received messages of QoS 1 and 2 wait for one,
    /// a warning is logged; again after each such time. See <see cref="IMqttClient.HeldBack"/>. Default 60 s.</summary>
    public TimeSpan HeldBackWarning { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock of all deadlines.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the client logs; never payloads or credentials.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Whether the session begins with the client and ends with it, over however many connections.</summary>
    internal bool IsForOneRun { get; init; }

    /// <exception cref="ArgumentException">An option is out of its range or contradicts another.</exception>
    internal void Validate()
    {
        WireText.ThrowIfInvalid(ClientId, nameof(ClientId));
        ThrowIf(ClientId.Length == 0 && !CleanSession, "An empty client id needs a clean session [MQTT-3.1.3-7].", nameof(ClientId));
        ThrowIf(
            KeepAlive < TimeSpan.Zero || KeepAlive.TotalSeconds > ushort.MaxValue || KeepAlive.Ticks % TimeSpan.TicksPerSecond != 0,
            "The keep-alive is a whole number of seconds from 0 to 65,535.",
            nameof(KeepAlive));
        ThrowIf(MaxPacketSize is < 16 or > RemainingLength.MaxValue, "16 to 268,435,455 bytes.", nameof(MaxPacketSize));
        ThrowIf(MaxInFlight is < 1 or > short.MaxValue, "1 to 32,767 messages.", nameof(MaxInFlight));
        ThrowIf(MaxInFlightExactlyOnce is < 1 or > short.MaxValue, "1 to 32,767 messages.", nameof(MaxInFlightExactlyOnce));
        ThrowIf(MaxFiltersPerPacket < 1, "1 or more filters.", nameof(MaxFiltersPerPacket));
        ThrowIf(MaxUnclaimedMessages < 0, "Not negative.", nameof(MaxUnclaimedMessages));
        ThrowIf(PoisonMessageConnections is < 2 or > 100, "2 to 100.", nameof(PoisonMessageConnections));
        ThrowIf(!Enum.IsDefined(WhenPoisonMessage), "Set aside or stop.", nameof(WhenPoisonMessage));
        ThrowIf(ConnectTimeout <= TimeSpan.Zero, "More than zero.", nameof(ConnectTimeout));
        ThrowIf(ResponseTimeout <= TimeSpan.Zero, "More than zero.", nameof(ResponseTimeout));
        ThrowIf(UnclaimedTimeout <= TimeSpan.Zero, "More than zero.", nameof(UnclaimedTimeout));
        ThrowIf(HeldBackWarning <= TimeSpan.Zero, "More than zero.", nameof(HeldBackWarning));
        ThrowIf(DisconnectTimeout <= TimeSpan.Zero, "More than zero.", nameof(DisconnectTimeout));
        if (Will is { } will)
        {
            TopicName.ThrowIfInvalid(will.Topic, nameof(Will));
            if (!AllowControlCharacters)
            {
                WireText.ThrowIfControl(will.Topic, nameof(Will));
            }

            ThrowIf(will.Payload.Length > ushort.MaxValue, "A will has at most 65,535 bytes.", nameof(Will));
            ThrowIf(will.QoS is < MqttQoS.AtMostOnce or > MqttQoS.ExactlyOnce, "QoS 0, 1 or 2.", nameof(Will));
        }
    }

    internal MqttSessionOptions ForSession() => new(
        new ConnectPacket(ClientId, CleanSession, (ushort)KeepAlive.TotalSeconds, Will, Credentials),
        MaxInFlight,
        MaxInFlightExactlyOnce,
        SendBeforeConnAck,
        PassOverInvalidTopics,
        PoisonMessageConnections,
        IsForOneRun);

    private static void ThrowIf(bool isWrong, string message, string parameter)
    {
        if (isWrong)
        {
            throw new ArgumentException(message, parameter);
        }
    }
}

/// <summary>What happens to a message of QoS 1 or 2 for which the session store has no room.</summary>
public enum MqttStoreFullPolicy
{
    /// <summary>It is not accepted: publishing throws <see cref="MqttStoreFullException"/>.</summary>
    Reject,

    /// <summary>The oldest message that was never sent makes room; its publisher gets <see cref="MqttStoreFullException"/>.</summary>
    DropOldest,
}
