using Org.BouncyCastle.Tls;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>Sessions between our cache and BouncyCastle.</summary>
internal static class StoredSession
{
    private const ushort Tls12 = 0x0303;

    internal static Org.BouncyCastle.Tls.TlsSession Import(TlsSession session, byte[] offeredSessionId, PlatformCrypto crypto)
    {
        var parameters = new SessionParameters.Builder()
            .SetCipherSuite(session.CipherSuite)
            .SetExtendedMasterSecret(session.ExtendedMasterSecret)
            .SetNegotiatedVersion(ProtocolVersion.TLSv12)
            .SetMasterSecret(crypto.CreateSecret((byte[])session.MasterSecret.Clone()))
            .Build();
        return TlsUtilities.ImportSession(offeredSessionId, parameters);
    }

    /// <summary>RFC 5077 §3.4: a ticket makes the session id meaningless.</summary>
    internal static TlsSession Export(
        HandshakeSettings settings,
        int cipherSuite,
        byte[] masterSecret,
        byte[] ticket,
        byte[] sessionId,
        TimeSpan lifetime,
        IReadOnlyList<byte[]> serverCertificates) => new()
        {
            Version = Tls12,
            CipherSuite = (ushort)cipherSuite,
            ExtendedMasterSecret = true,
            MasterSecret = masterSecret,
            SessionId = ticket.Length > 0 ? [] : sessionId,
            Ticket = ticket,
            DespiteTls13 = settings.AllowTls13 || settings.Session is { DespiteTls13: true },
            ServerCertificates = serverCertificates,
            CreatedAt = settings.Now,
            Lifetime = lifetime > TimeSpan.Zero ? lifetime : TlsSession.LongestLifetime,
        };
}
