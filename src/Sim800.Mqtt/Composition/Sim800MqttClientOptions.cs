using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Sim800.Modem;
using Sim800.Tls;

namespace Sim800.Mqtt;

/// <summary>Where and how a <see cref="Sim800MqttClient"/> connects. Immutable; change a copy with <c>with</c>.</summary>
public sealed record Sim800MqttClientOptions
{
    /// <summary>The MQTT server's host name or IPv4 address.</summary>
    public required string Host { get; init; }

    /// <summary>The MQTT server's TCP port. Default 8883, MQTT over TLS.</summary>
    public int Port { get; init; } = 8883;

    /// <summary>Whether TLS is spoken; <c>null</c> goes by the port: on for 8883, 8884, 8084 and 443, off for all others.</summary>
    public bool? UseTls { get; init; }

    /// <summary>Whether MQTT is carried in a WebSocket, for networks and clusters that offer only 443 or 8884.</summary>
    public bool UseWebSocket { get; init; }

    /// <summary>The resource of the WebSocket, beginning with a slash.</summary>
    public string WebSocketPath { get; init; } = "/mqtt";

    /// <summary>Further header fields of the WebSocket's upgrade request. They are never logged.</summary>
    public IReadOnlyDictionary<string, string> WebSocketHeaders { get; init; } =
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Serial line, SIM card, access point. Not used with a modem that is open already.</summary>
    public ModemOptions Modem { get; init; } = new();

    /// <summary>How TLS is spoken; <c>null</c> for the defaults. Without a session cache of its own, sessions are kept for the life
    /// of the client; without a trusted time of its own, an unset system clock is replaced by the modem's network time.</summary>
    public TlsClientOptions? Tls { get; init; }

    /// <summary>Client id, credentials, keep-alive, will, session.</summary>
    public MqttClientOptions Mqtt { get; init; } = new();

    /// <summary>How the client comes back after a lost connection.</summary>
    public Sim800ReconnectOptions Reconnect { get; init; } = new();

    /// <summary>
    /// How long the first connection may take, all attempts and pauses together; more than zero and at most a day. <c>null</c>, the default, is
    /// three minutes for <c>ConnectAsync</c> and no limit for <c>Start</c>. What cannot get better by itself, such as a refused PIN, a
    /// missing card, a wrong password or an untrusted certificate, ends the client before that, at once.
    /// </summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>
    /// Without a <see cref="MqttClientOptions.ClientId"/> and with <see cref="MqttClientOptions.CleanSession"/>: whether one session, under a generated
    /// client id, is kept on the server over all connections of this client, so that QoS 2 is delivered exactly once across reconnects. It is
    /// removed at the end by one more short connection, within 30 s; a process that is killed, and one that ends without a connection, leaves
    /// it to the server's expiry. Without it each connection has a session of its own, and a message of QoS 2 that was under way when one was lost
    /// may come twice. Default true.
    /// </summary>
    public bool KeepSessionWhileRunning { get; init; } = true;

    /// <summary>What happens to messages of QoS 0 while there is no connection. Those of QoS 1 and 2 always wait in the session store.</summary>
    public MqttOfflinePolicy WhenOffline { get; init; }

    /// <summary>How many bytes a day the client may cost; <c>null</c>, the default, is without a limit.</summary>
    public Sim800DataBudget? DataBudget { get; init; }

    /// <summary>How often signal and supply voltage are asked for while there is a connection (<c>AT+CSQ</c>, <c>AT+CBC</c>), for the metrics and
    /// the modem's own history; a second to a day. <c>null</c>, the default, never.</summary>
    public TimeSpan? MeasureEvery { get; init; }

    /// <summary>Told about every stage of every attempt. Called from the client's own tasks: return quickly.</summary>
    public IProgress<Sim800Progress>? Progress { get; init; }

    /// <summary>Put around each new TCP connection, below TLS, to record or count what passes; <c>null</c> for nothing. What it returns
    /// is disposed in place of what it was given, and disposes that.</summary>
    public Func<IDuplexPipe, IDuplexPipe>? WrapTransport { get; init; }

    /// <summary>Put around each connection that MQTT packets pass through, above TLS and WebSocket, where credentials and payloads can be read;
    /// <c>null</c> for nothing. What it returns is disposed in place of what it was given, and disposes that.</summary>
    public Func<IDuplexPipe, IDuplexPipe>? WrapMqtt { get; init; }

    /// <summary>The clock of all layers that are not given one of their own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where all layers log that are not given a factory of their own; never payloads or secrets.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;

    internal static TimeSpan DefaultConnectTimeout { get; } = TimeSpan.FromMinutes(3);

    internal bool TlsIsOn => UseTls ?? Port is 8883 or 8884 or 8084 or 443;

    internal MqttWebSocketOptions WebSocket => new()
    {
        Host = Host,
        Port = Port,
        Secure = TlsIsOn,
        Path = WebSocketPath,
        Headers = WebSocketHeaders,
        TimeProvider = TimeProvider,
    };

    /// <exception cref="ArgumentException">An option is out of its range or contradicts another.</exception>
    internal void Validate()
    {
        _ = new ModemRecoveryPolicy(EffectiveRecovery(), hasPower: false);
        if (ConnectTimeout is { } timeout)
        {
            CheckConnectTimeout(timeout);
        }

        DataBudget?.Validate();
        CheckMeasureEvery(MeasureEvery);
        WebSocket.Validate();
    }

    private static void CheckMeasureEvery(TimeSpan? measureEvery)
    {
        if (measureEvery < TimeSpan.FromSeconds(1) || measureEvery > TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(measureEvery), measureEvery, "Signal and supply are asked for every second at most, and every day at least.");
        }
    }

    private static void CheckConnectTimeout(TimeSpan connectTimeout)
    {
        if (connectTimeout <= TimeSpan.Zero || connectTimeout > TimeSpan.FromDays(1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(connectTimeout), connectTimeout, "The first connection may take more than zero and at most a day.");
        }
    }

    /// <summary>The same with a session of its own for one run, where that is asked for.</summary>
    internal Sim800MqttClientOptions ForRun() => KeepSessionWhileRunning && Reconnect.Enabled && Mqtt is { ClientId.Length: 0, CleanSession: true }
        ? this with { Mqtt = Mqtt with { ClientId = $"sim800-{Random.Shared.NextInt64():x16}", CleanSession = false, IsForOneRun = true } }
        : this;

    internal ModemRecoveryOptions EffectiveRecovery() => Reconnect.With(Modem.Recovery);

    internal MqttClientOptions EffectiveMqtt() => Mqtt with
    {
        TimeProvider = Clock(Mqtt.TimeProvider),
        LoggerFactory = Logging(Mqtt.LoggerFactory),
    };

    internal ModemOptions EffectiveModem(IProgress<Sim800Progress> progress) => Modem with
    {
        TimeProvider = Clock(Modem.TimeProvider),
        LoggerFactory = Logging(Modem.LoggerFactory),
        Progress = progress,
    };

    internal TlsClientOptions EffectiveTls(ITlsSessionCache sessions, TlsTrustedTime time)
    {
        var tls = Tls ?? new TlsClientOptions { ServerName = Host };
        return tls with
        {
            Port = tls.Port == 0 ? Port : tls.Port,
            SessionCache = tls.SessionCache ?? (tls.Engine == TlsEngine.Platform ? null : sessions),
            TrustedTime = tls.TrustedTime ?? time,
            TimeProvider = Clock(tls.TimeProvider),
            LoggerFactory = Logging(tls.LoggerFactory),
        };
    }

    private TimeProvider Clock(TimeProvider own) => ReferenceEquals(own, TimeProvider.System) ? TimeProvider : own;

    private ILoggerFactory Logging(ILoggerFactory own) => ReferenceEquals(own, NullLoggerFactory.Instance) ? LoggerFactory : own;
}

/// <summary>What happens to a message of QoS 0 while there is no connection. Messages of QoS 1 and 2 go to the session store.</summary>
public enum MqttOfflinePolicy
{
    /// <summary>Publishing waits for the connection, or for its own cancellation.</summary>
    Wait,

    /// <summary>The message is dropped and counted in <see cref="Sim800MqttClient.Dropped"/>: what is measured again in a
    /// minute is not worth the wait.</summary>
    Drop,
}
