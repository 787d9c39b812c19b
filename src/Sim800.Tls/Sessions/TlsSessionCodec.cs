using System.Buffers;

namespace Sim800.Tls.Sessions;

/// <summary>A session as octets. The format is this library's own and carries a version; older ones are not read.</summary>
internal static class TlsSessionCodec
{
    private const int FormatVersion = 3;
    private const int MasterSecretLength = 48;
    private const int LongestSessionId = 32;
    private const int LongestTicket = ushort.MaxValue;
    private const int MostCertificates = Certificates.CertificateValidator.MostCertificates;

    internal static byte[] Write(TlsSession session)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new SessionWriter(output);
        writer.WriteInt32(FormatVersion);
        writer.WriteInt32(session.Version);
        writer.WriteInt32(session.CipherSuite);
        writer.WriteInt32(session.ExtendedMasterSecret ? 1 : 0);
        writer.WriteInt32(session.DespiteTls13 ? 1 : 0);
        writer.WriteInt64(session.CreatedAt.UtcTicks);
        writer.WriteInt64(session.Lifetime.Ticks);
        writer.WriteBytes(session.MasterSecret);
        writer.WriteBytes(session.SessionId);
        writer.WriteBytes(session.Ticket);
        writer.WriteInt32(session.ServerCertificates.Count);
        foreach (var certificate in session.ServerCertificates)
        {
            writer.WriteBytes(certificate);
        }

        return output.WrittenSpan.ToArray();
    }

    internal static TlsSession? Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new SessionReader(bytes);
        if (reader.ReadInt32() != FormatVersion)
        {
            return null;
        }

        var (version, suite) = (reader.ReadInt32(), reader.ReadInt32());
        var (extended, despite) = (reader.ReadInt32(), reader.ReadInt32());
        var (created, lifetime) = (reader.ReadInt64(), reader.ReadInt64());
        var (secret, id, ticket) = (reader.ReadBytes(), reader.ReadBytes(), reader.ReadBytes());
        var chain = ReadChain(ref reader);
        var isPlausible = reader.IsAtEnd
            && version is >= 0 and <= ushort.MaxValue && suite is >= 0 and <= ushort.MaxValue && extended is 0 or 1 && despite is 0 or 1
            && created >= 0 && created <= DateTimeOffset.MaxValue.UtcTicks && lifetime >= 0
            && secret.Length == MasterSecretLength && id.Length <= LongestSessionId && ticket.Length <= LongestTicket;
        return !isPlausible
            ? null
            : new TlsSession
            {
                Version = (ushort)version,
                CipherSuite = (ushort)suite,
                ExtendedMasterSecret = extended == 1,
                DespiteTls13 = despite == 1,
                CreatedAt = new DateTimeOffset(created, TimeSpan.Zero),
                Lifetime = new TimeSpan(lifetime),
                MasterSecret = secret,
                SessionId = id,
                Ticket = ticket,
                ServerCertificates = chain,
            };
    }

    private static byte[][] ReadChain(ref SessionReader reader)
    {
        var count = reader.ReadInt32();
        if (count is < 0 or > MostCertificates)
        {
            reader.Take(-1);
            return [];
        }

        var chain = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            chain[i] = reader.ReadBytes();
        }

        return chain;
    }
}
