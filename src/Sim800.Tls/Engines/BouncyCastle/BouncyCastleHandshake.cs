using System.Buffers;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>A handshake of TLS 1.2 or 1.3 by BouncyCastle: records in, records out, and an outcome.</summary>
internal sealed class BouncyCastleHandshake(HandshakeSettings settings)
{
    private readonly ClientProtocol _protocol = new();
    private readonly HandshakeClient _client = new(settings, new PlatformCrypto(settings.KeyLog));

    /// <summary>Set when the handshake is complete.</summary>
    internal HandshakeOutcome? Outcome => _client.Outcome;

    internal void Start() => _protocol.Start(_client);

    /// <summary>Takes exactly one record.</summary>
    /// <exception cref="TlsException">The handshake has failed; the alert for the server waits as output.</exception>
    internal void OfferRecord(byte[] record)
    {
        try
        {
            _protocol.OfferInput(record);
        }
        catch (Exception e)
        {
            throw BouncyCastleFailure.ToTlsException(e, settings.PreSharedKey is not null);
        }
    }

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
}
