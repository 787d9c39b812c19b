namespace Sim800.Tls.Tests.Sessions;

/// <summary>Sessions to store.</summary>
internal static class TestSessions
{
    internal static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    internal static TlsSessionKey Key(string host = "broker.example.com", int port = 8883, string trust = "T", string client = "") =>
        new(host, port, trust, client);

    internal static TlsSession Session(DateTimeOffset? createdAt = null, TimeSpan? lifetime = null, byte secret = 0x5A) => new()
    {
        Version = 0x0303,
        CipherSuite = 0xC02B,
        ExtendedMasterSecret = true,
        MasterSecret = [.. Enumerable.Repeat(secret, 48)],
        SessionId = [1, 2, 3],
        Ticket = [.. Enumerable.Range(0, 200).Select(i => (byte)i)],
        ServerCertificates = [[0x30, 0x01, 0x00], [0x30, 0x02, 0x05, 0x00]],
        CreatedAt = createdAt ?? Now,
        Lifetime = lifetime ?? TimeSpan.FromHours(2),
    };

    internal static void AreEqual(TlsSession expected, TlsSession? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Version, actual.Version);
        Assert.Equal(expected.CipherSuite, actual.CipherSuite);
        Assert.Equal(expected.ExtendedMasterSecret, actual.ExtendedMasterSecret);
        Assert.Equal(expected.MasterSecret, actual.MasterSecret);
        Assert.Equal(expected.SessionId, actual.SessionId);
        Assert.Equal(expected.Ticket, actual.Ticket);
        Assert.Equal(expected.ServerCertificates, actual.ServerCertificates);
        Assert.Equal(expected.CreatedAt, actual.CreatedAt);
        Assert.Equal(expected.Lifetime, actual.Lifetime);
    }
}
