using System.Buffers;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>A handshake of TLS 1.2 or 1.3 by BouncyCastle: records in, records out, and an outcome.</summary>
internal sealed class BouncyCastleHandshake : IDisposable
{
    private readonly HandshakeSettings _settings;
    private readonly HandshakeLimits _limits;
    private readonly ClientProtocol _protocol = new();
    private readonly PlatformCrypto _crypto;
    private readonly HandshakeClient _client;

    internal BouncyCastleHandshake(HandshakeSettings settings, HandshakeLimits limits)
    {
        _settings = settings;
        _limits = limits;
        _crypto = new PlatformCrypto(settings.KeyLog, limits);
        _client = new HandshakeClient(settings, _crypto);
    }

    /// <summary>Set when the handshake is complete.</summary>
    internal HandshakeOutcome? Outcome => _client.Outcome;

    public void Dispose() => _crypto.Dispose();

    /// <exception cref="TlsException">There is no ClientHello to send.</exception>
    internal void Start() => Run(() => _protocol.Start(_client));

    /// <summary>Takes exactly one record.</summary>
    /// <exception cref="TlsException">The handshake has failed; the alert for the server waits as output.</exception>
    internal void OfferRecord(byte[] record) => Run(() => _protocol.OfferInput(record));

    /// <summary>Ends the handshake with an alert of ours; it waits as output.</summary>
    internal void Fail(TlsAlert alert) => _protocol.Fail(alert);

    internal void ReadOutput(IBufferWriter<byte> output)
    {
        var available = _protocol.GetAvailableOutputBytes();
        if (available > 0)
        {
            var bytes = new byte[available];
            output.Write(bytes.AsSpan(0, _protocol.ReadOutput(bytes, 0, available)));
        }
    }

    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            throw BouncyCastleFailure.ToTlsException(e, _settings.PreSharedKey is not null, _limits.OldVersion);
        }
    }
}
