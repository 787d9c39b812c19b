using Org.BouncyCastle.Crypto.Tls;
using Org.BouncyCastle.Security;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>BouncyCastle's client state machine with what 1.8.10 lacks: tickets (RFC 5077), and care with DER.</summary>
internal sealed class ClientProtocol() : TlsClientProtocol(new SecureRandom(new SystemRandom()))
{
    private HandshakeClient? _client;
    private bool _renewedTicket;

    internal void Start(HandshakeClient client)
    {
        _client = client;
        Connect(client);
    }

    /// <summary>Ends the handshake with an alert of ours; it waits as output.</summary>
    internal void Fail(TlsAlert alert) => HandleException((byte)alert, "refused", null);

    protected override void ReceiveServerHelloMessage(MemoryStream buf)
    {
        base.ReceiveServerHelloMessage(buf);
        _client!.OnServerHello(mServerExtensions, mResumedSession);
    }

    /// <summary>
    /// RFC 5077 §3.3 lets a server renew the ticket in an abbreviated handshake; the base class does not. What the server's
    /// DER is, the base class is not to know.
    /// </summary>
    protected override void HandleHandshakeMessage(byte type, MemoryStream buf)
    {
        if (mResumedSession && type == HandshakeType.session_ticket && mConnectionState == CS_SERVER_HELLO && !_renewedTicket)
        {
            _renewedTicket = true;
            ReceiveNewSessionTicketMessage(buf);
            return;
        }

        base.HandleHandshakeMessage(type, type switch
        {
            HandshakeType.certificate => TakeCertificates(buf),
            HandshakeType.certificate_request => WithoutAuthorities(buf),
            _ => buf,
        });
    }

    private MemoryStream TakeCertificates(MemoryStream message) => BouncyCastleFailure.Guard(() =>
    {
        _client!.OnCertificates(UndecodedMessages.ReadCertificates(message.ToArray()));
        return new MemoryStream(UndecodedMessages.NoCertificates);
    });

    private static MemoryStream WithoutAuthorities(MemoryStream message) =>
        BouncyCastleFailure.Guard(() => new MemoryStream(UndecodedMessages.WithoutAuthorities(message.ToArray())));
}
