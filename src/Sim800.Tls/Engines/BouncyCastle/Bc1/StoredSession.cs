using Org.BouncyCastle.Crypto.Tls;
using Sim800.Tls.Handshake;

namespace Sim800.Tls.Engines.BouncyCastle;

/// <summary>Sessions between our cache and BouncyCastle.</summary>
internal static class StoredSession
{
    private const ushort Tls12 = 0x0303;

    internal static Org.BouncyCastle.Crypto.Tls.TlsSession Import(TlsSession session, byte[] offeredSessionId)
    {
        var parameters = new SessionParameters.Builder()
            .SetCipherSuite(session.CipherSuite)
            .SetCompressionAlgorithm(CompressionMethod.cls_null)
            .SetExtendedMasterSecret(session.ExtendedMasterSecret)
            .SetMasterSecret((byte[])session.MasterSecret.Clone())
            .Build();
        return TlsUtilities.ImportSession(offeredSessionId, parameters);
    }

    /// <summary>RFC 5077 §3.4: a ticket makes the session id meaningless.</summary>
    internal static TlsSession Export(
        HandshakeSettings settings,
        SecurityParameters parameters,
        byte[] ticket,
        byte[] sessionId,
        TimeSpan lifetime,
        IReadOnlyList<byte[]> serverCertificates) => new()
        {
            Version = Tls12,
            CipherSuite = (ushort)parameters.CipherSuite,
            ExtendedMasterSecret = parameters.IsExtendedMasterSecret,
            MasterSecret = (byte[])parameters.MasterSecret.Clone(),
            SessionId = ticket.Length > 0 ? [] : sessionId,
            Ticket = ticket,
            ServerCertificates = serverCertificates,
            CreatedAt = settings.Now,
            Lifetime = lifetime > TimeSpan.Zero ? lifetime : TlsSession.LongestLifetime,
        };
}
