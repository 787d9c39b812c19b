using Org.BouncyCastle.Tls;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>BouncyCastle's client state machine with what it lacks for tickets (RFC 5077).</summary>
internal sealed class ClientProtocol : TlsClientProtocol
{
    private HandshakeClient? _client;
    private bool _renewedTicket;

    internal void Start(HandshakeClient client)
    {
        _client = client;
        Connect(client);
    }

    /// <summary>Ends the handshake with an alert of ours; it waits as output.</summary>
    internal void Fail(TlsAlert alert) => HandleException((short)alert, "refused", null);

    protected override void ProcessServerHello(ServerHello serverHello)
    {
        base.ProcessServerHello(serverHello);
        if (!TlsUtilities.IsTlsV13(Context))
        {
            _client!.OnServerHello(serverHello.Extensions);
        }
    }

    protected override void Receive13EncryptedExtensions(MemoryStream buf)
    {
        base.Receive13EncryptedExtensions(buf);
        _client!.OnEncryptedExtensions();
    }

    protected override void ReceiveCertificateRequest(MemoryStream buf) =>
        base.ReceiveCertificateRequest(BouncyCastleFailure.Guard(() =>
            new MemoryStream(CertificateRequestMessage.WithoutAuthorities(ReadRest(buf)), writable: false)));

    protected override void Receive13CertificateRequest(MemoryStream buf, bool postHandshakeAuth) =>
        base.Receive13CertificateRequest(
            BouncyCastleFailure.Guard(() =>
                new MemoryStream(CertificateRequestMessage.WithoutAuthorities13(ReadRest(buf)), writable: false)),
            postHandshakeAuth);

    private static byte[] ReadRest(MemoryStream buf)
    {
        var rest = new byte[buf.Length - buf.Position];
        buf.ReadExactly(rest);
        return rest;
    }

    /// <summary>RFC 5077 §3.3 lets a server renew the ticket in an abbreviated handshake; the base class does not.</summary>
    protected override void HandleHandshakeMessage(short type, HandshakeMessageInput buf)
    {
        var isResumed = m_connectionState == CS_SERVER_HELLO && Context.SecurityParameters.IsResumedSession;
        if (isResumed && type == HandshakeType.new_session_ticket && !_renewedTicket)
        {
            _renewedTicket = true;
            ReceiveNewSessionTicket(buf);
            return;
        }

        base.HandleHandshakeMessage(type, buf);
    }
}
