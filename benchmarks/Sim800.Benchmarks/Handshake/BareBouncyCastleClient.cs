using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Sim800.Benchmarks.Handshake;

/// <summary>BouncyCastle as it comes, with its own cryptography, and without any look at the server's certificate: what a handshake by it cannot cost less than.</summary>
internal sealed class BareBouncyCastleClient : IClient
{
    public string Name => "BouncyCastle alone, no validation";

    public bool Supports(HandshakeKind kind) => kind == HandshakeKind.Tls12;

    public IConnected Connect(LineEnd line, ReadOnlyMemory<byte> message)
    {
        var protocol = new TlsClientProtocol(line);
        protocol.Connect(new Client());
        protocol.Stream.Write(message.Span);
        var echo = new byte[message.Length];
        protocol.Stream.ReadExactly(echo);
        return new Connection(protocol);
    }

    private sealed class Client() : DefaultTlsClient(new BcTlsCrypto()), TlsAuthentication
    {
        public override TlsAuthentication GetAuthentication() => this;

        public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
        {
            // Anybody is believed.
        }

        public TlsCredentials? GetClientCredentials(CertificateRequest certificateRequest) => null;

        protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv12.Only();

        protected override IList<ServerName> GetSniServerNames() => [new ServerName(NameType.host_name, "broker.example"u8.ToArray())];
    }

    private sealed class Connection(TlsClientProtocol protocol) : IConnected
    {
        /// <summary>It has no asynchronous read: what it holds, it holds.</summary>
        public void StartRead() => GC.KeepAlive(protocol);

        public void Close() => protocol.Close();
    }
}
