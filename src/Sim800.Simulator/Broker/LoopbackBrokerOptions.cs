using System.Security.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Sim800.Simulator;

/// <summary>How a <see cref="LoopbackBroker"/> behaves.</summary>
public sealed record LoopbackBrokerOptions
{
    /// <summary>The TCP port on 127.0.0.1, 0 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether it listens on a TCP port; without, clients come over <see cref="LoopbackBroker.ServeAsync"/> alone.</summary>
    public bool Listen { get; init; } = true;

    /// <summary>The user name a client must give; <c>null</c> lets everybody in.</summary>
    public string? UserName { get; init; }

    /// <summary>The password that goes with <see cref="UserName"/>.</summary>
    public string? Password { get; init; }

    /// <summary>Whether connections speak TLS, with a certificate made at start (see <see cref="LoopbackBroker.CertificateAuthorityPem"/>).</summary>
    public bool Tls { get; init; }

    /// <summary>The TLS versions offered; <see cref="SslProtocols.None"/> leaves the choice to the platform.</summary>
    public SslProtocols TlsVersions { get; init; } = SslProtocols.None;

    /// <summary>
    /// The host names of the certificate. With <see cref="RequireSni"/> a client must name one of them.
    /// </summary>
    public IReadOnlyList<string> ServerNames { get; init; } = ["localhost"];

    /// <summary>
    /// Refuses a TLS client that sends no server name indication, or an unknown name, as a cluster shared by many
    /// customers does.
    /// </summary>
    public bool RequireSni { get; init; }

    /// <summary>The time a client has for the TLS handshake, and then again for CONNECT.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The largest control packet accepted, in bytes of its body (the remaining length).</summary>
    public int MaxPacketSize { get; init; } = 4 * 1024 * 1024;

    /// <summary>The QoS 1 and 2 messages sent to one client and not yet acknowledged, at most.</summary>
    public int MaxInFlight { get; init; } = 20;

    /// <summary>The QoS 1 and 2 messages kept for one client beyond that, connected or not, at most.</summary>
    public int MaxQueued { get; init; } = 10_000;

    /// <summary>
    /// Whether a message makes the broker hang up instead of taking it, as mosquitto does with a control character in a topic. Called
    /// under the broker's lock: it must be quick, must not throw and must not call the broker.
    /// </summary>
    public Func<LoopbackMessage, bool>? HangsUpOn { get; init; }

    /// <summary>Repeats QoS 1 and 2 messages after a reconnection without the DUP flag, as some brokers do against MQTT 3.1.1 §3.3.1.1.</summary>
    public bool OmitsDuplicateFlag { get; init; }

    /// <summary>
    /// Writes each control packet by itself, over TLS in a record of its own, as mosquitto does. Default <c>false</c>: what has gathered
    /// goes in one write.
    /// </summary>
    public bool WritesPacketsSingly { get; init; }

    /// <summary>Answers every CONNECT with return code 3, server unavailable.</summary>
    public bool IsUnavailable { get; init; }

    /// <summary>
    /// Whether a client (first argument) may subscribe to a filter (second); a refusal is return code 0x80 in SUBACK.
    /// Called under the broker's lock: it must be quick and must not call the broker.
    /// </summary>
    public Func<string, string, bool>? MaySubscribe { get; init; }

    /// <summary>
    /// Called for each application message, before it is acknowledged and delivered; under the broker's lock: it must
    /// be quick, must not throw and must not call the broker.
    /// </summary>
    public Action<LoopbackMessage>? OnPublished { get; init; }

    /// <summary>The clock of the keep-alive, the time-outs and the certificate's validity.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where the broker logs connections and their ends; never payloads or passwords.</summary>
    public ILoggerFactory LoggerFactory { get; init; } = NullLoggerFactory.Instance;
}
