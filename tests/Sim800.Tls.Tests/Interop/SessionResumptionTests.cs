using System.Net;
using System.Net.Sockets;
using Sim800.Tls.Tests.Peers;
using TestKey = Sim800.Tls.Tests.Certificates.Making.TestKey;

namespace Sim800.Tls.Tests.Interop;

/// <summary>Sessions on disk against mosquitto: what is resumed, and what makes them go.</summary>
[Trait("Category", "Interop")]
public sealed class SessionResumptionTests : TlsTest
{
    private const string Host = "broker.example.org";

    [Fact]
    public async Task A_session_on_disk_is_resumed_in_one_round_trip_and_few_bytes()
    {
        await using var broker = await StartAsync(BrokerPki.Server(TestKey.Server, Host));
        using var folder = new SessionsOnDisk();
        Assert.False((await VisitAsync(broker.Port, Options(folder, broker.Port))).IsResumed);
        for (var i = 0; i < 3; i++)
        {
            var info = await VisitAsync(broker.Port, Options(folder, broker.Port));
            Assert.True(info.IsResumed);
            Assert.InRange(info.HandshakeBytesReceived, 1, 150);
            Assert.Single(folder.Files);
        }
    }

    [Fact]
    public async Task A_damaged_file_means_a_full_handshake_and_a_new_file()
    {
        await using var broker = await StartAsync(BrokerPki.Server(TestKey.Server, Host));
        using var folder = new SessionsOnDisk();
        await VisitAsync(broker.Port, Options(folder, broker.Port));
        using (var file = new FileStream(Assert.Single(folder.Files).FullName, FileMode.Open))
        {
            file.Position = file.Length / 2;
            file.WriteByte((byte)(file.ReadByte() ^ 0xFF));
        }

        Assert.False((await VisitAsync(broker.Port, Options(folder, broker.Port))).IsResumed);
        Assert.True((await VisitAsync(broker.Port, Options(folder, broker.Port))).IsResumed);
    }

    [Fact]
    public async Task A_broker_that_forgot_its_ticket_keys_gets_a_full_handshake()
    {
        using var folder = new SessionsOnDisk();
        var certificate = BrokerPki.Server(TestKey.Server, Host);
        await using var before = await StartAsync(certificate);
        await VisitAsync(before.Port, Options(folder, port: 8883));
        await using var after = await StartAsync(certificate);
        Assert.False((await VisitAsync(after.Port, Options(folder, port: 8883))).IsResumed);
        Assert.True((await VisitAsync(after.Port, Options(folder, port: 8883))).IsResumed);
    }

    [Theory]
    [InlineData("15030300020228")] // handshake_failure
    [InlineData("15030300020250")] // internal_error
    [InlineData("0D0A434C4F5345440D0A")] // what a modem says when the connection is gone
    public async Task An_alert_or_garbage_removes_the_session(string answer)
    {
        await using var broker = await StartAsync(BrokerPki.Server(TestKey.Server, Host));
        using var folder = new SessionsOnDisk();
        await VisitAsync(broker.Port, Options(folder, broker.Port));
        Assert.Single(folder.Files);

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, Convert.FromHexString(answer));
        await using var transport = await CountingTransport.ConnectAsync(((IPEndPoint)listener.LocalEndpoint).Port, Cancel);
        await Assert.ThrowsAnyAsync<TlsException>(() => ConnectAsync(transport, Options(folder, broker.Port)));
        Assert.Empty(folder.Files);
        await answering;
        Assert.False((await VisitAsync(broker.Port, Options(folder, broker.Port))).IsResumed);
    }

    [Fact]
    public async Task A_lost_link_keeps_the_session()
    {
        using var folder = new SessionsOnDisk();
        await using var broker = await StartAsync(BrokerPki.Server(TestKey.Server, Host));
        await VisitAsync(broker.Port, Options(folder, broker.Port));
        await using var transport = new CutTransport(await CountingTransport.ConnectAsync(broker.Port, Cancel));
        await using var connection = await ConnectAsync(transport, Options(folder, broker.Port));
        transport.Cut();
        var end = await Assert.ThrowsAsync<TlsClosedException>(() => ReceiveAsync(connection, 1));
        Assert.Equal(TlsCloseReason.Truncated, end.Reason);
        Assert.True((await VisitAsync(broker.Port, Options(folder, broker.Port))).IsResumed);
    }

    [Fact]
    public async Task A_session_is_not_used_beyond_the_life_of_the_certificate_that_made_it()
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var broker = await StartAsync(BrokerPki.Server(TestKey.Server, now.AddMinutes(30), Host));
        using var folder = new SessionsOnDisk();
        await VisitAsync(broker.Port, Options(folder, broker.Port));

        var later = Options(folder, broker.Port) with { TimeProvider = new FakeTimeProvider(now.AddMinutes(60)) };
        var refusal = await Assert.ThrowsAsync<TlsCertificateException>(() => VisitAsync(broker.Port, later));
        Assert.Equal(TlsCertificateStatus.Expired, refusal.Status);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task Another_trust_does_not_resume_what_it_did_not_verify()
    {
        await using var broker = await StartAsync(BrokerPki.Server(TestKey.Server, Host));
        using var folder = new SessionsOnDisk();
        await VisitAsync(broker.Port, Options(folder, broker.Port));
        var other = Options(folder, broker.Port) with { Trust = TlsTrust.System };
        var refusal = await Assert.ThrowsAsync<TlsCertificateException>(() => VisitAsync(broker.Port, other));
        Assert.Equal(TlsCertificateStatus.UnknownAuthority, refusal.Status);
        Assert.True((await VisitAsync(broker.Port, Options(folder, broker.Port))).IsResumed);
    }

    private static async Task AnswerAsync(TcpListener listener, byte[] answer)
    {
        using var socket = await listener.AcceptSocketAsync(Cancel);
        await socket.ReceiveAsync(new byte[4096], Cancel);
        await socket.SendAsync(answer, Cancel);
        socket.Shutdown(SocketShutdown.Send);
    }

    private static TlsClientOptions Options(SessionsOnDisk folder, int port) =>
        new() { ServerName = Host, Port = port, Trust = BrokerPki.Trust, SessionCache = folder.Open() };

    private static async Task<TlsConnectionInfo> VisitAsync(int port, TlsClientOptions options)
    {
        await using var transport = await CountingTransport.ConnectAsync(port, Cancel);
        await using var connection = await ConnectAsync(transport, options);
        Assert.Equal(MqttGreeting.Accepted, await MqttGreeting.GreetAsync(connection, Cancel));
        return connection.Info;
    }

    private static Task<Mosquitto> StartAsync((string Chain, string Key) certificate) => Mosquitto.StartAsync(folder =>
    [
        "certfile " + PeerProcess.WriteFile(folder, "chain.pem", certificate.Chain),
        "keyfile " + PeerProcess.WriteFile(folder, "key.pem", certificate.Key),
        "allow_anonymous true",
    ]);
}
