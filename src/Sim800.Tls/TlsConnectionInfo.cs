using System.Net.Security;
using System.Security.Authentication;
using Sim800.Tls.Engines;
using Sim800.Tls.Pipes;

namespace Sim800.Tls;

/// <summary>What was agreed on, and how much has travelled since. The counters are live.</summary>
public sealed class TlsConnectionInfo
{
    private readonly EngineDriver _driver;
    private readonly NegotiatedParameters _negotiated;

    internal TlsConnectionInfo(EngineDriver driver, TlsClientOptions options, NegotiatedParameters negotiated)
    {
        _driver = driver;
        _negotiated = negotiated;
        Engine = options.Engine;
        ServerName = options.ServerName;
        HandshakeBytesReceived = driver.Receiver.BytesReceived;
    }

    /// <summary>Which implementation does the work.</summary>
    public TlsEngine Engine { get; }

    /// <summary>The name the server has proved, or with a pre-shared key the name it was told.</summary>
    public string ServerName { get; }

    /// <summary>The version of TLS.</summary>
    public SslProtocols Protocol => _negotiated.Protocol;

    /// <summary>The cipher suite.</summary>
    public TlsCipherSuite CipherSuite => _negotiated.CipherSuite;

    /// <summary>The application protocol (ALPN), or <c>null</c> when none was agreed on.</summary>
    public string? ApplicationProtocol => _negotiated.ApplicationProtocol;

    /// <summary>Whether an earlier session was resumed: no certificates on the line, and with TLS 1.2 one round trip less.</summary>
    public bool IsResumed => _negotiated.IsResumed;

    /// <summary>Whether the extended master secret (RFC 7627) protects the session; TLS 1.3 always has its equivalent.</summary>
    public bool HasExtendedMasterSecret => _negotiated.ExtendedMasterSecret;

    /// <summary>The most bytes a record carries as agreed with the server, or <c>null</c> for TLS's own 16,384.</summary>
    public int? MaxFragmentLength => _negotiated.MaxFragmentLength;

    /// <summary>The server's certificates in DER, its own first; of the earlier session when resumed, none with a pre-shared key.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> ServerCertificates =>
        [.. _negotiated.ServerCertificates.Select(certificate => new ReadOnlyMemory<byte>(certificate))];

    /// <summary>Bytes received from the server until the handshake was complete.</summary>
    public long HandshakeBytesReceived { get; }

    /// <summary>Bytes given to the transport, everything included.</summary>
    public long BytesSent => _driver.Sender.BytesSent;

    /// <summary>Bytes taken from the transport, everything included.</summary>
    public long BytesReceived => _driver.Receiver.BytesReceived;

    /// <summary>Bytes of the application in <see cref="BytesSent"/>.</summary>
    public long PlaintextSent => _driver.Sender.PlaintextSent;

    /// <summary>Bytes for the application in <see cref="BytesReceived"/>.</summary>
    public long PlaintextReceived => _driver.Receiver.PlaintextReceived;

    /// <summary>How often the transport was flushed; on a modem each flush is at least one AT+CIPSEND.</summary>
    public long Flushes => _driver.Sender.Flushes;
}
